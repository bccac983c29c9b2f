import { ActiveCampaignError } from './error.ts'

/**
 * A path below `/api/3`, its variable parts escaped: `` path`contacts/${id}` ``. An empty part or a dot
 * segment would address another resource (`DELETE /contacts/`), so it is refused.
 */
export function path(parts: TemplateStringsArray, ...values: readonly string[]): string {
  return String.raw({ raw: parts }, ...values.map((value) => segment(value)))
}

function segment(value: string): string {
  if (value === '' || value === '.' || value === '..')
    throw new ActiveCampaignError(`'${value}' is no id`, { operation: 'path', code: 'invalid-argument' })
  return encodeURIComponent(value)
}
