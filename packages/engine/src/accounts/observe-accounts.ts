import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { wantsAccountNames } from '../apply/imports/import-settings.ts'
import { inState, readState, type SyncContext } from '../context.ts'
import { beginOrGoOn, removeUnseen } from '../observe/generation.ts'
import { placeIn, readList } from '../observe/list-place.ts'
import { forgetFields } from '../observe/replaced-fields.ts'
import { initialEntities } from '../run/switches.ts'
import { findAccountFields } from './account-fields.ts'
import { accountKind, accountRecord } from './account-record.ts'
import { knownAccountValues, observeAccountValues } from './account-values.ts'
import { beginNames, endNames } from './names-read.ts'
import {
  endReplacedAccountFields,
  noteAccountFields,
  replacedAccountFields,
} from './replaced-account-fields.ts'

/**
 * Reads all accounts of ActiveCampaign, one call per hundred, and compares what they hold: the service cannot list what
 * changed. Where accounts only flow outbound, what the sync wrote is known from the answers, and only the initial sync and a full run read
 * them.
 */
export const observeAccounts = async (
  context: SyncContext,
  entity: CompiledEntity,
  { full }: { readonly full: boolean },
): Promise<void> => {
  const { activeCampaign, clock, definition, progress, signal } = context
  const isWanted = await readState(context, async (state) =>
    wantsAccountNames(definition, await initialEntities(state, definition)),
  )
  if (!full && !isWanted) return
  const fields = await findAccountFields(activeCampaign, entity, signal)
  await inState(context, (state) => noteAccountFields(state, fields))
  // Those of a reading that has gone on to the accounts are there.
  if ((await inState(context, (state) => placeIn(state, 'accounts'))) === null) {
    await observeAccountValues(context, fields)
    await inState(context, (state) => beginNames(state, clock.now()))
  }
  const generation = await inState(context, async (state) =>
    beginOrGoOn(state, accountKind, (await placeIn(state, 'accounts')) !== null),
  )
  let done = 0
  // An account that cannot be read must not be taken for one that is gone.
  const list = {
    rows: activeCampaign.accounts.list(signal ? { signal } : {}),
    what: 'accounts of ActiveCampaign',
  }
  await readList(context, 'accounts', list, async (state, rows) => {
    const ids = rows.map(({ id }) => id)
    const values = await knownAccountValues(state, ids)
    // Of a field that was deleted and made again no account has a value: that is no word of anybody.
    const replaced = await replacedAccountFields(state)
    await forgetFields(state, definition, replaced, { kind: accountKind, ids })
    const seen = rows.map((account) => accountRecord(entity, account, values.get(account.id) ?? {}))
    await state.records.save(seen, { generation, pending: false })
    done += rows.length
    progress({ step: 'read-active-campaign', done, total: null })
  })
  await removeUnseen(context, accountKind, generation)
  await inState(context, async (state) => {
    await endReplacedAccountFields(state)
    await endNames(state)
  })
}
