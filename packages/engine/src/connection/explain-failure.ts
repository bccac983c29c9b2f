import { isActiveCampaignError } from '@dynacamp/activecampaign-client'
import { DynamicsError, SignInError } from '@dynacamp/dynamics-client'
import { isHttpError } from '@dynacamp/http'
import type { Failure } from './connection-step.ts'

/** Errors of the clients hold no secret; of anything else only the message is told. */
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'It failed.')

/** Words of https://learn.microsoft.com/entra/identity-platform/reference-error-codes, by number. */
const signInRemedies: Readonly<Record<number, string>> = {
  7000215:
    'Enter the value of a client secret, not its id: Entra, App registrations, Certificates & secrets.',
  7000222:
    'The client secret has expired: make a new one in Entra, Certificates & secrets, and enter it here.',
  700016: 'Check the client id, and that the app is registered in this tenant.',
  90002: 'Check the tenant id: Entra, Overview.',
}

const signInRemedy = ({ aadsts }: SignInError): string =>
  (aadsts === undefined ? undefined : signInRemedies[aadsts]) ??
  'Check tenant id, client id and client secret of the app registration in Entra.'

/** The column that a query names and its table has not: the service has no code of its own for it, only this sentence. */
const missingColumnOf = (error: unknown): string | undefined =>
  error instanceof DynamicsError
    ? /Could not find a property named '(\w+)'/.exec(error.message)?.[1]
    : undefined

/** What an error of the D365 side means, and what to do about it. */
export const explainDynamics = (error: unknown): Failure => {
  const found = messageOf(error)
  if (error instanceof SignInError) return { found, remedy: signInRemedy(error) }
  if (error instanceof DynamicsError && error.missingPrivilege !== undefined) {
    const remedy = `Give the application user a security role with ${error.missingPrivilege}: Power Platform admin center, Environments, Settings, Users + permissions.`
    return { found: `The application user lacks ${error.missingPrivilege}.`, remedy }
  }
  if (isHttpError(error) && error.retryable) return { found, remedy: 'Try again in a few minutes.' }
  const column = missingColumnOf(error)
  if (column !== undefined) {
    const remedy = `Make the column ${column} in Dynamics 365, or take it out of the definition: \`pullSchema\` shows the columns that are there.`
    return { found, remedy }
  }
  return { found, remedy: 'Look up the message, or ask the administrator of the environment.' }
}

/** What plans without a feature, and keys without a permission, answer. */
const isRefused = (error: unknown): boolean =>
  isActiveCampaignError(error) && ['forbidden', 'not-found', 'payment-required'].includes(error.code)

/** What an error of the ActiveCampaign side means, and what to do about it; `refused`: what to do about a refusal. */
export const explainActiveCampaign =
  (refused: string) =>
  (error: unknown): Failure => {
    const found = messageOf(error)
    if (isRefused(error)) return { found, remedy: refused }
    if (isHttpError(error) && error.retryable) return { found, remedy: 'Try again in a few minutes.' }
    return { found, remedy: 'Look up the message, or ask the owner of the ActiveCampaign account.' }
  }
