import { inState, type SyncContext } from '../../context.ts'
import { giveWay } from '../../give-way.ts'
import type { ContactImport } from '../../state/import-state.ts'

/** Imports one after the other, as each holds up to 250 contacts: those that have ended, or those that are under way. */
export async function* importsThat(
  state: 'have-ended' | 'are-under-way',
  context: SyncContext,
): AsyncGenerator<ContactImport> {
  for (let after: string | null = null; ; ) {
    const page: { readonly after: string | null; readonly limit: number } = { after, limit: 1 }
    await giveWay(context)
    const [next] = await inState(context, ({ imports }) => imports.list(state === 'have-ended', page))
    if (next === undefined) return
    yield next
    after = next.id
  }
}
