import { type DynamicsClient, DynamicsError, type Identity, SignInError } from '@dynacamp/dynamics-client'
import { isHttpError } from '@dynacamp/http'
import type { Checklist } from './checklist.ts'
import { explainDynamics } from './explain-failure.ts'

/** A client that answers, and the user it works as. */
export interface ConnectedDynamics {
  readonly client: DynamicsClient
  readonly userId: string
}

/** A wrong host is not worth a quarter of an hour of patience. */
export const callDeadlineMs = 30_000

const signInProblem = (error: unknown): boolean =>
  error instanceof SignInError || (isHttpError(error) && error.operation === 'sign-in')

/** An answer that only Dataverse gives, be it a refusal. */
const isDataverse = (error: unknown): boolean =>
  error instanceof DynamicsError && error.dataverseCode !== undefined

const isIdentity = (answer: unknown): answer is Identity =>
  typeof answer === 'object' && answer !== null && 'organizationId' in answer

/** Settings, sign-in, host and user: one call tells about the last three. */
export const checkDynamics = async (
  { step }: Checklist,
  connect: () => DynamicsClient,
  signal: AbortSignal | undefined,
): Promise<ConnectedDynamics | undefined> => {
  const options = { deadlineMs: callDeadlineMs, ...(signal && { signal }) }
  const client = await step({
    id: 'dynamics.settings',
    title: 'Settings of Dynamics 365',
    work: () => ({ found: 'URL and credentials are well-formed.', value: connect() }),
    explain: (error) => ({
      found: explainDynamics(error).found,
      remedy:
        'Copy the environment URL from the Power Platform admin center: https://<name>.crm<n>.dynamics.com.',
    }),
  })
  const answer: unknown = await client?.whoAmI(options).catch((error: unknown) => error)
  await step({
    id: 'dynamics.sign-in',
    title: 'Sign-in to Microsoft Entra',
    after: ['dynamics.settings'],
    work: () => {
      if (signInProblem(answer)) throw answer
      return { found: 'The credentials are accepted.', value: undefined }
    },
    explain: explainDynamics,
  })
  await step({
    id: 'dynamics.host',
    title: 'Host of the environment',
    after: ['dynamics.sign-in'],
    work: () => {
      if (!isIdentity(answer) && !isDataverse(answer)) throw answer
      return { found: 'The Dataverse Web API answers.', value: undefined }
    },
    explain: (error) => ({
      found: explainDynamics(error).found,
      remedy: 'Check the environment URL, and that the environment is switched on and reachable from here.',
    }),
  })
  const userId = await step({
    id: 'dynamics.user',
    title: 'User in the environment',
    after: ['dynamics.host'],
    work: () => {
      if (!isIdentity(answer)) throw answer
      return { found: `The environment knows the application user ${answer.userId}.`, value: answer.userId }
    },
    explain: (error) => ({
      found: explainDynamics(error).found,
      remedy:
        'Add the app as an application user with a security role: Power Platform admin center, Environments, Settings, Application users.',
    }),
  })
  await step({
    id: 'dynamics.organisation',
    title: 'Name of the organisation',
    after: ['dynamics.user'],
    work: async () => {
      const rows = client?.table('organizations').list({ select: ['name'], ...options })
      for await (const { name } of rows ?? []) return { found: `It is “${String(name)}”.`, value: undefined }
      return { found: 'It has none.', value: undefined }
    },
    explain: explainDynamics,
  })
  return client === undefined || userId === undefined ? undefined : { client, userId }
}
