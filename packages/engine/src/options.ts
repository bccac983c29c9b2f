import { InvalidOptionError } from './errors/invalid-option-error.ts'

/** Refuses a number that an option cannot mean. NaN would compare as false with everything, and so mean no limit. */
export const checkOption = (
  option: string,
  value: number | undefined,
  expected: string,
  isMeant: (value: number) => boolean,
): void => {
  if (value !== undefined && !isMeant(value)) throw new InvalidOptionError(option, expected, value)
}

export const checkDeadline = ({ deadlineMs }: { readonly deadlineMs?: number | undefined }): void =>
  checkOption('deadlineMs', deadlineMs, 'a number of milliseconds, 0 or more', (ms) => ms >= 0)
