import { type ActiveCampaignClient, isActiveCampaignError } from '@dynacamp/activecampaign-client'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { findAccountFields } from '../accounts/account-fields.ts'
import { MissingFieldError } from '../errors/missing-field-error.ts'
import { findCustomFields } from '../observe/custom-fields.ts'
import { callDeadlineMs } from './check-dynamics.ts'
import { findLists, withLists } from './check-lists.ts'
import type { Checklist } from './checklist.ts'
import type { Failure } from './connection-step.ts'
import { explainActiveCampaign } from './explain-failure.ts'

/** What a sync does in ActiveCampaign. */
export interface AccountUse {
  /** Whether companies are in sync. */
  readonly accounts: boolean
  /** The lists that tell who opted out, either way; null: opting out is not in sync. */
  readonly lists: 'all' | readonly string[] | null
  /** Slug of the custom object that opportunities flow to; null: there is one to be, of whatever name. */
  readonly object: string | null | undefined
  /** Known when the definition and its schema are. */
  readonly compiled: readonly CompiledEntity[] | undefined
}

const keyRemedy = 'Copy URL and key from the same page in ActiveCampaign: Settings, Developer.'

/** The same, where a mapped field may be missing. */
const withFields =
  (refused: string) =>
  (error: unknown): Failure =>
    error instanceof MissingFieldError
      ? {
          found: error.message,
          remedy:
            'Make the field in ActiveCampaign with this personalisation tag, or take it out of the definition.',
        }
      : explainActiveCampaign(refused)(error)

/** A refusal is an answer too; a page of another site is none. */
const isAnswered = (answer: unknown): boolean =>
  !(answer instanceof Error) || (isActiveCampaignError(answer) && answer.code === 'forbidden')

/** Settings, host and key: one call tells about the last two. */
const checkAccess = async (
  { step }: Checklist,
  connect: () => ActiveCampaignClient,
  options: { readonly deadlineMs: number; readonly signal?: AbortSignal },
): Promise<ActiveCampaignClient | undefined> => {
  const explain = explainActiveCampaign(keyRemedy)
  const client = await step({
    id: 'activecampaign.settings',
    title: 'Settings of ActiveCampaign',
    work: () => ({ found: 'The URL is well-formed.', value: connect() }),
    explain: (error) => ({ found: explain(error).found, remedy: keyRemedy }),
  })
  const answer: unknown = await client?.me(options).catch((error: unknown) => error)
  await step({
    id: 'activecampaign.host',
    title: 'Host of the account',
    after: ['activecampaign.settings'],
    work: () => {
      if (!isAnswered(answer)) throw answer
      return { found: 'The ActiveCampaign API answers.', value: undefined }
    },
    explain: (error) => ({ found: explain(error).found, remedy: keyRemedy }),
  })
  await step({
    id: 'activecampaign.key',
    title: 'API key',
    after: ['activecampaign.host'],
    work: () => {
      if (answer instanceof Error) throw answer
      return { found: 'The key is accepted.', value: undefined }
    },
    explain: (error) => ({ found: explain(error).found, remedy: keyRemedy }),
  })
  await step({
    id: 'activecampaign.account',
    title: 'Name of the account',
    after: ['activecampaign.key'],
    work: async () => {
      const account = await client?.account(options)
      return { found: `It is “${account?.account ?? ''}”, ${account?.status ?? ''}.`, value: undefined }
    },
    explain: explainActiveCampaign(
      'Use the key of a user in the Admin group: only they may read the account.',
    ),
  })
  return client
}

/**
 * Whether an object could be made, asked with one that no plan makes: it has no name. What plans without custom objects
 * answer is not documented: a refusal counts as no, a complaint about the body as yes.
 */
const askForObject = async (client: ActiveCampaignClient | undefined): Promise<void> => {
  try {
    await client?.request({
      operation: 'schemas.create',
      method: 'POST',
      path: 'customObjects/schemas',
      json: { schema: {} },
      headers: { validateOnly: 'true' },
      options: { deadlineMs: callDeadlineMs },
    })
  } catch (error) {
    if (!isActiveCampaignError(error) || (error.status !== 400 && error.status !== 422)) throw error
  }
}

/** Whether everything that a definition needs in ActiveCampaign is there. */
export const checkActiveCampaign = async (
  checklist: Checklist,
  connect: () => ActiveCampaignClient,
  { accounts, lists, object, compiled }: AccountUse,
  signal: AbortSignal | undefined,
): Promise<void> => {
  const { step, notNeeded } = checklist
  const options = { deadlineMs: callDeadlineMs, ...(signal && { signal }) }
  const client = await checkAccess(checklist, connect, options)
  const after = ['activecampaign.key']
  await step({
    id: 'activecampaign.contacts',
    title: 'Reading contacts',
    after,
    work: async () => {
      for await (const _page of client?.contacts.list(options).byPage() ?? []) break
      return { found: 'Contacts can be read.', value: undefined }
    },
    explain: explainActiveCampaign(
      'Let the group of the key’s user see contacts: Settings, Users and Groups.',
    ),
  })
  if (compiled !== undefined) {
    await step({
      id: 'activecampaign.fields',
      title: 'Mapped custom fields',
      after,
      work: async () => {
        const fields = client === undefined ? new Map() : await findCustomFields(client, compiled, signal)
        const values = fields.size === 0 ? undefined : client?.fieldValues.list(options)
        for await (const _page of values?.byPage() ?? []) break
        return {
          found: fields.size === 0 ? 'None is mapped.' : `All ${fields.size} are there.`,
          value: undefined,
        }
      },
      explain: withFields(
        'Let the group of the key’s user see contacts with all of their fields: Settings, Users and Groups.',
      ),
    })
  }
  if (lists !== null) {
    await step({
      id: 'activecampaign.lists',
      title: 'Reading lists',
      after,
      work: async () => {
        if (client !== undefined) await findLists(client, lists, options)
        for await (const _page of client?.contactLists.list(options).byPage() ?? []) break
        return { found: 'Lists can be read, and who is on them.', value: undefined }
      },
      explain: withLists(
        'Let the group of the key’s user see every list: Settings, Users and Groups. Without them nobody knows who has opted out.',
      ),
    })
  } else notNeeded('activecampaign.lists', 'Reading lists', 'Opting out is not in sync.')
  const plan =
    'It takes a plan with this feature, and a key whose user may see it: ask ActiveCampaign, or switch the entity off.'
  if (accounts) {
    await step({
      id: 'activecampaign.accounts',
      title: 'Accounts in ActiveCampaign',
      after,
      work: async () => {
        for await (const _page of client?.accounts.list(options).byPage() ?? []) break
        const own = compiled?.find(({ entity }) => entity === 'accounts')
        if (client !== undefined && own !== undefined) await findAccountFields(client, own, signal)
        return { found: 'The plan has accounts, and every mapped field of them.', value: undefined }
      },
      explain: withFields(plan),
    })
  } else notNeeded('activecampaign.accounts', 'Accounts in ActiveCampaign', 'Accounts are not in sync.')
  if (object === undefined) {
    notNeeded('activecampaign.custom-objects', 'Custom objects', 'Opportunities are not in sync.')
    return
  }
  await step({
    id: 'activecampaign.custom-objects',
    title: 'Custom objects',
    after,
    work: async () => {
      for await (const { slug } of client?.customObjects.schemas.list(options) ?? []) {
        if (slug === object) return { found: `The object ${slug} is there.`, value: undefined }
      }
      await askForObject(client)
      return { found: 'The plan has custom objects; the first sync makes its own.', value: undefined }
    },
    explain: explainActiveCampaign(plan),
  })
}
