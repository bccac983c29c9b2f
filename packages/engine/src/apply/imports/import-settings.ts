import type { ImportSettings } from '@dynacamp/core'
import type { CompiledDefinition, EntityName } from '@dynacamp/mapping-dsl'
import { areNamesRead } from '../../accounts/names-read.ts'
import type { StateTransaction } from '../../state/state-store.ts'
import type { ApplyContext } from '../apply-context.ts'
import { heldBack, heldBackLate } from './held-back.ts'

const withAccounts = ['accounts', 'contacts', 'leads'] as const

type Context = Pick<ApplyContext, 'definition' | 'initial' | 'late' | 'startedAtMs' | 'unread'>

/**
 * Whether the names of ActiveCampaign's accounts are wanted in each reading. Those of accounts that flow outbound only are in the
 * initial sync, when many contacts are made; later a call for each costs less than reading them all.
 */
export const wantsAccountNames = (
  { entities }: Pick<CompiledDefinition, 'entities'>,
  initial: ReadonlySet<EntityName>,
): boolean => {
  const accounts = entities.find(({ entity }) => entity === 'accounts')
  if (accounts === undefined) return false
  return accounts.direction !== 'outbound' || withAccounts.some((entity) => initial.has(entity))
}

/**
 * How bulk import is used in this step. The names of accounts go along only where they were read in it: import makes an account where it
 * finds none of the name, so that a contact sent with a name that somebody changed since would make a company that nobody asked for.
 */
export const importSettings = async (state: StateTransaction, context: Context): Promise<ImportSettings> => ({
  heldBack: heldBack(context),
  heldBackActions: heldBackLate(context),
  accounts:
    !context.unread.has('accounts') &&
    wantsAccountNames(context.definition, context.initial) &&
    (await areNamesRead(state, context.startedAtMs)),
})
