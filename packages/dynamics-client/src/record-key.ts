import { InvalidArgumentError } from './errors/invalid-argument-error.ts'
import { requireGuid } from './guid.ts'
import { odataLiteral } from './odata.ts'

/** The columns of an alternate key with their values. */
export type AlternateKey = Readonly<Record<string, string | number>>

/** How a row is addressed: by its GUID, or by an alternate key of its table. */
export type RecordKey = string | AlternateKey

const namePattern = /^[A-Za-z_][\w.]*$/
// The service cannot route these inside a key: https://learn.microsoft.com/power-apps/developer/data-platform/define-alternate-keys-entity
const unroutable = /[/<>*%&:\\?+#]/

/** Refuses what is no name of the schema before it becomes part of a URL. */
export const requireName = (name: string): string => {
  if (!namePattern.test(name)) throw new InvalidArgumentError(`'${name}' is not a name of the schema.`)
  return name
}

const keyPart = ([name, value]: readonly [string, string | number]): string => {
  if (typeof value === 'string' && unroutable.test(value)) {
    throw new InvalidArgumentError(
      `The value of key column '${name}' contains one of / < > * % & : \\ ? + #, which the service refuses in a key: list() with a filter finds the row.`,
    )
  }
  const literal = name.startsWith('_') && typeof value === 'string' ? requireGuid(value) : odataLiteral(value)
  return `${requireName(name)}=${encodeURIComponent(literal)}`
}

/** `contacts(<guid>)` or `contacts(externaluseridentifier='A-17')`. */
export const recordPath = (entitySet: string, key: RecordKey): string => {
  if (typeof key === 'string') return `${requireName(entitySet)}(${requireGuid(key)})`
  const parts = Object.entries(key)
  if (parts.length === 0) throw new InvalidArgumentError('An alternate key needs at least one column.')
  return `${requireName(entitySet)}(${parts.map(keyPart).join(',')})`
}
