import fc from 'fast-check'
import { expect } from 'vitest'
import type { StateStore } from '../../src/index.ts'
import { emptyModel } from './model.ts'
import { audit, type Operation, operation } from './operations.ts'

/*
 * Laws of all stores together, for any sequence of transactions of several tenants:
 * 1. Every store gives the same answers.
 * 2. They are the answers of a plain model of it, which knows nothing of SQL.
 * 3. A transaction that throws at its end leaves no trace.
 */

const { env } = process
const multiplier = Number(env.DYNACAMP_RUNS ?? 1)

const transaction = fc.record({
  tenant: fc.constantFrom('one', 'One'),
  fails: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  operations: fc.array(operation, { minLength: 1, maxLength: 8 }),
})

const failure = new Error('the transaction fails at its end')
let part = 0

const answersOf = async (
  store: StateStore,
  tenant: string,
  { operations, fails }: { readonly operations: readonly Operation[]; readonly fails: boolean },
): Promise<readonly unknown[]> => {
  const answers: unknown[] = []
  const work = store.transaction(tenant, async (state) => {
    for (const { ask } of operations) answers.push(await ask(state))
    if (fails) throw failure
  })
  await work.catch((error: unknown) => {
    if (error !== failure) throw error
  })
  return answers
}

/** Asks the stores and the model the same, many times over. `numRuns` are multiplied by `DYNACAMP_RUNS`. */
export const expectAgreement = async (
  stores: Readonly<Record<string, StateStore>>,
  numRuns: number,
): Promise<void> => {
  let checked = 0
  await fc.assert(
    fc.asyncProperty(fc.array(transaction, { minLength: 1, maxLength: 8 }), async (transactions) => {
      part += 1
      const models = new Map<string, ReturnType<typeof emptyModel>>()
      for (const { tenant, ...asked } of transactions) {
        const rest = asked.fails ? asked : { ...asked, operations: [...asked.operations, ...audit] }
        const model = structuredClone(models.get(tenant) ?? emptyModel())
        const expected = rest.operations.map(({ expected: answer }) => answer?.(model))
        if (!rest.fails) models.set(tenant, model)
        let agreed: readonly unknown[] | undefined
        for (const [name, store] of Object.entries(stores)) {
          const answers = await answersOf(store, `${part} ${tenant}`, rest)
          for (const [index, { say, expected: known }] of rest.operations.entries()) {
            if (known !== undefined) checked += 1
            const what = `${name}: ${say}`
            if (known !== undefined) expect(answers[index], what).toEqual(expected[index])
            else if (agreed !== undefined) expect(answers[index], what).toEqual(agreed[index])
          }
          agreed ??= answers
        }
      }
    }),
    {
      numRuns: Math.max(1, Math.round(numRuns * multiplier)),
      ...(env.DYNACAMP_SEED !== undefined && { seed: Number(env.DYNACAMP_SEED) }),
    },
  )
  expect(checked).toBeGreaterThan(numRuns * multiplier)
}
