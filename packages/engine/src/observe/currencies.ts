import type { CompiledDefinition, Currencies } from '@dynacamp/mapping-dsl'
import type { SyncContext } from '../context.ts'
import { tryRead } from './read-or-note.ts'
import type { Unread } from './unread.ts'

type Clients = Pick<SyncContext, 'activeCampaign' | 'dynamics' | 'signal'>

/** ISO codes by currency id. An environment has a handful. */
const readCurrencies = async ({ dynamics, signal }: Clients): Promise<Currencies> => {
  const codes = new Map<string, string>()
  const rows = dynamics
    .table('transactioncurrencies')
    .list({ select: ['isocurrencycode'], ...(signal && { signal }) })
  for await (const { transactioncurrencyid: id, isocurrencycode: code } of rows) {
    if (typeof id === 'string' && typeof code === 'string') codes.set(id, code.trim().toUpperCase())
  }
  return codes
}

/**
 * The definition as this environment's rows are read: where amounts are mapped to a field in one currency, each row's own
 * currency is told by its ISO code. One call, and none where no such field is mapped.
 *
 * @param unread - Is told of the entities whose amounts nobody can tell the currency of, where currencies are refused: rows of
 *   them must not be read. Without it, the error is thrown.
 */
export const withCurrencies = async (
  definition: CompiledDefinition,
  clients: Clients,
  unread: Unread | undefined,
): Promise<CompiledDefinition> => {
  const names = definition.entities.filter((entity) => entity.readsCurrencies).map(({ entity }) => entity)
  if (names.length === 0) return definition
  const part = { side: 'dynamics', entities: names } as const
  const currencies = await tryRead(clients, unread, part, () => readCurrencies(clients))
  if (currencies === undefined) return definition
  const entities = definition.entities.map((entity) => ({
    ...entity,
    readRow: (row: Readonly<Record<string, unknown>>) => entity.readRow(row, currencies),
  }))
  return { ...definition, entities }
}
