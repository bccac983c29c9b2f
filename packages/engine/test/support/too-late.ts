import type { RecordReport, StateStore } from '../../src/index.ts'
import type { TestWorld } from './world.ts'

/** What happens in the moment before a lease is given back, once: after the last look of whoever has it. */
export const tooLate = (
  { state }: TestWorld,
  happen: () => Promise<RecordReport>,
): { readonly state: StateStore; readonly reports: readonly RecordReport[] } => {
  const reports: RecordReport[] = []
  let happened = false
  const release: StateStore['leases']['release'] = async (...lease) => {
    if (!happened) {
      happened = true
      reports.push(await happen())
    }
    await state.leases.release(...lease)
  }
  return { state: { ...state, leases: { ...state.leases, release } }, reports }
}
