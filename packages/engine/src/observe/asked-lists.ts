import { chunks } from '../chunks.ts'
import { fromText } from '../state/json.ts'
import type { StateTransaction } from '../state/state-store.ts'

const name = 'activecampaign/lists/asked'
const partSize = 100

/** Parts are numbered; those before `first` are done. */
interface Parts {
  readonly first: number
  readonly end: number
}

const partsOf = async ({ cursors }: StateTransaction): Promise<Parts> => {
  const text = await cursors.get(name)
  return text === null || text === '' ? { first: 0, end: 0 } : fromText<Parts>(text)
}

/** Contacts whose lists are to be read. They are written down: a process that ends must not forget who was touched. */
export const askForLists = async (state: StateTransaction, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return
  let { first, end } = await partsOf(state)
  for (const some of chunks(ids, partSize)) {
    await state.cursors.set(`${name}/${end}`, JSON.stringify(some))
    end += 1
  }
  await state.cursors.set(name, JSON.stringify({ first, end } satisfies Parts))
}

const partAt = async ({ cursors }: StateTransaction, number: number): Promise<readonly string[]> =>
  fromText<readonly string[]>((await cursors.get(`${name}/${number}`)) ?? '[]')

/** All of them, each once. */
export const askedForLists = async (state: StateTransaction): Promise<ReadonlySet<string>> => {
  const { first, end } = await partsOf(state)
  const ids = new Set<string>()
  for (let number = first; number < end; number += 1) {
    for (const id of await partAt(state, number)) ids.add(id)
  }
  return ids
}

/** The first part of them; undefined when there are none. */
export const firstAsked = async (state: StateTransaction): Promise<readonly string[] | undefined> => {
  const { first, end } = await partsOf(state)
  return first < end ? partAt(state, first) : undefined
}

/** The first part was read. */
export const firstIsRead = async (state: StateTransaction): Promise<void> => {
  const { first, end } = await partsOf(state)
  await state.cursors.set(`${name}/${first}`, '')
  await state.cursors.set(
    name,
    first + 1 < end ? JSON.stringify({ first: first + 1, end } satisfies Parts) : '',
  )
}

/** All of them were read. */
export const allAreRead = async (state: StateTransaction): Promise<void> => {
  while ((await firstAsked(state)) !== undefined) await firstIsRead(state)
}
