import type { DynamicsClient } from '@dynacamp/dynamics-client'
import type { CompiledDefinition, Currencies } from '@dynacamp/mapping-dsl'

/** ISO codes by currency id. An environment has a handful. */
const readCurrencies = async (
  client: DynamicsClient,
  signal: AbortSignal | undefined,
): Promise<Currencies> => {
  const codes = new Map<string, string>()
  const rows = client
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
 */
export const withCurrencies = async (
  definition: CompiledDefinition,
  client: DynamicsClient,
  signal: AbortSignal | undefined,
): Promise<CompiledDefinition> => {
  if (!definition.entities.some(({ readsCurrencies }) => readsCurrencies)) return definition
  const currencies = await readCurrencies(client, signal)
  const entities = definition.entities.map((entity) => ({
    ...entity,
    readRow: (row: Readonly<Record<string, unknown>>) => entity.readRow(row, currencies),
  }))
  return { ...definition, entities }
}
