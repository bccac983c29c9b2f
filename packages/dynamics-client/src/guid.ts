import { InvalidArgumentError } from './errors/invalid-argument-error.ts'

export const guidPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Refuses what is no GUID before it becomes part of a URL or a filter. */
export const requireGuid = (id: string): string => {
  if (!guidPattern.test(id)) throw new InvalidArgumentError(`'${id}' is not a row id: a GUID is expected.`)
  return id
}
