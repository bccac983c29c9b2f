import type { Services } from '../services.ts'

/** Something that people or other programs do. Numbers pick whom and what, from whatever is there by then. */
export interface Event {
  readonly kind: string
  readonly who: number
  readonly other: number
  readonly value: number
}

/** What an event can lay hands on. */
export interface Scene {
  readonly services: Services
  /** Rows that people deleted, for somebody to restore. */
  readonly deletedRows: Readonly<Record<string, unknown>>[]
  readonly deletedContacts: { readonly email: string; readonly firstName: string }[]
}

/** Does it; false where there was nobody to do it to. */
export type Deed = (scene: Scene, event: Event) => boolean

export const pick = <Item>(items: readonly Item[], number: number): Item | undefined =>
  items.length === 0 ? undefined : items[number % items.length]

/** Few addresses, so that people meet; one in another case, which is the same address. */
const addresses = ['ana', 'bo', 'cy', 'di', 'ed', 'flo', 'gus', 'hal', 'Ana'].map(
  (name) => `${name}@example.com`,
)

export const addressOf = (number: number): string => pick(addresses, number) ?? ''

/** Who has one of these asks to be in D365. */
export const requestTags = ['[D365: Contact]', '[D365: Lead]']

export const textOf = (number: number): string => pick(['', 'x', 'y', 'z', ' x '], number) ?? ''

/** What the services refuse, such as a second contact with an address, does not happen. */
export const unlessRefused = (work: () => unknown): boolean => {
  try {
    work()
    return true
  } catch (error) {
    // A defect of a simulator is no refusal.
    if (error instanceof TypeError || error instanceof RangeError) throw error
    return false
  }
}

/** These columns of a row, where it has them: the simulator leaves empty ones out, as the service does. */
export const copyOf = (row: Readonly<Record<string, unknown>>, columns: readonly string[]) =>
  Object.fromEntries(columns.flatMap((column) => (row[column] === undefined ? [] : [[column, row[column]]])))
