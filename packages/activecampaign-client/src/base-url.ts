import { ActiveCampaignError } from './error.ts'

const hosts = /\.(?:api-us1\.com|activehosted\.com)$/

/**
 * The origin of a URL as copied from Settings, Developer, with or without a path. Settings come from people, so only
 * ActiveCampaign's own hosts over https are taken unless the caller says otherwise.
 */
export function originOf(url: string, allowAnyHost: boolean): string {
  const parsed = URL.parse(url.trim())
  if (parsed === null)
    throw refused(`'${url}' is no URL`, 'copy it from Settings, Developer in ActiveCampaign')
  if (parsed.username !== '' || parsed.password !== '')
    throw refused('The URL holds a user or a password', 'leave it out')
  if (allowAnyHost) return parsed.origin
  if (parsed.protocol !== 'https:')
    throw refused(
      `The URL starts with ${parsed.protocol}//`,
      'use https, or set allowAnyHost for a simulator',
    )
  if (parsed.port !== '' || !hosts.test(parsed.hostname))
    throw refused(`${parsed.host} is not one of ActiveCampaign's hosts`, 'set allowAnyHost if you trust it')
  return parsed.origin
}

const refused = (what: string, remedy: string): ActiveCampaignError =>
  new ActiveCampaignError(`${what}: ${remedy}`, {
    operation: 'createActiveCampaignClient',
    code: 'invalid-argument',
  })
