import { DataverseError } from '../dataverse-error.ts'
import type { Environment } from '../environment.ts'
import type { Caller } from './caller.ts'
import { callerFor, rolesOf } from './privileges.ts'
import type { TokenService } from './tokens.ts'

const refused = (status: number, code: string, name: string, message: string): DataverseError =>
  new DataverseError(status, code, name, message)

/** Whose call this is, by its bearer token and its impersonation headers. */
export function authenticate(
  environment: Environment,
  tokens: TokenService,
  headers: Headers,
  challenge: string,
): Caller {
  const [, token = ''] = /^Bearer (.+)$/i.exec(headers.get('authorization') ?? '') ?? []
  const held = tokens.holder(token)
  if (held === undefined) {
    throw new DataverseError(
      401,
      '0x80044302',
      'RequestIsNotAuthenticated',
      'Request is not authenticated.',
      {
        'www-authenticate': challenge,
      },
    )
  }
  const user = environment.store.table('systemuser').get(held.userId)
  if (user === undefined) {
    throw refused(403, '0x80072560', 'UserNotMemberOfOrg', 'The user is not a member of the organization.')
  }
  if (user.isdisabled === true) {
    throw refused(403, '0x80040225', 'UserDisabled', 'The specified user is disabled.')
  }
  if (rolesOf(environment, held.userId).length === 0) {
    throw refused(403, '0x80042f09', 'UserHasNoRoles', 'The user has not been assigned any roles.')
  }
  const impersonated = impersonatedUser(environment, headers)
  if (impersonated === undefined) return callerFor(environment, held.userId)
  const real = callerFor(environment, held.userId)
  if (real.depth('prvActOnBehalfOfAnotherUser') === undefined) {
    throw refused(
      403,
      '0x8004a110',
      'UserDoesNotHavePrivilegesToActOnBehalf',
      'User does not have the privilege to act on behalf another user.',
    )
  }
  return callerFor(environment, impersonated, held.userId)
}

/** The user named by `CallerObjectId` (Entra's id) or by the older `MSCRMCallerID`. */
function impersonatedUser({ store }: Environment, headers: Headers): string | undefined {
  const objectId = headers.get('callerobjectid')?.toLowerCase()
  const userId = headers.get('mscrmcallerid')?.toLowerCase()
  if (objectId === undefined && userId === undefined) return undefined
  const users = store.table('systemuser')
  const found = objectId === undefined ? userId : users.matching('azureactivedirectoryobjectid', objectId)[0]
  if (found === undefined || users.get(found) === undefined) {
    throw refused(403, '0x80072560', 'UserNotMemberOfOrg', 'The user is not a member of the organization.')
  }
  return found
}
