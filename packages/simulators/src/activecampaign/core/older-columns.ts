import { isJsonArray, isJsonObject, type Json } from './json.ts'

/** Keys that rows have gained between the recordings of 2020 and those of 2026, by the name of the row. */
const gained: Readonly<Record<string, readonly string[]>> = {
  contact: [
    'mpp_tracking',
    'last_click_date',
    'last_open_date',
    'last_mpp_open_date',
    'best_send_hour',
    'sms_consent',
    'sms_consent_updated_at',
    'whatsapp_id',
    'whatsapp_username',
  ],
  account: ['owner', 'customFieldSaveStatus', 'fields', 'links.owner'],
  list: ['channel', 'description', 'non_deleted_subscribers', 'active_subscribers'],
  dealGroup: ['source'],
  deal: ['nextTask', 'fields', 'customFieldSaveStatus'],
}

function without(row: Json, keys: readonly string[]): Json {
  if (!isJsonObject(row)) return row
  const kept = Object.entries(row).filter(([key]) => !keys.includes(key))
  const inner = (key: string): readonly string[] =>
    keys.flatMap((path) => (path.startsWith(`${key}.`) ? [path.slice(key.length + 1)] : []))
  return Object.fromEntries(
    kept.map(([key, value]) => [key, inner(key).length > 0 ? without(value, inner(key)) : value]),
  )
}

/** An answer as it was in 2020. */
export function asOf2020(body: Json, status: number): Json {
  if (!isJsonObject(body)) return body
  const older: Record<string, Json> = {}
  for (const [key, value] of Object.entries<Json>(body)) {
    const name = isJsonArray(value) ? key.slice(0, -1) : key
    const keys = gained[name] ?? []
    older[key] = isJsonArray(value) ? value.map((row) => without(row, keys)) : without(value, keys)
  }
  const { deal } = older
  // A new deal did not tell the next one's id.
  return status === 201 && deal !== undefined ? { ...older, deal: without(deal, ['nextdealid']) } : older
}
