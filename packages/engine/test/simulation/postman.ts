import type { Delivery } from '@dynacamp/simulators'
import { activeCampaignWebhook, dynamicsWebhook, type Sync } from '../../src/index.ts'
import { asking } from './asking.ts'
import type { Diary } from './diary.ts'
import { pick } from './events/event.ts'
import type { Services } from './services.ts'

type Side = 'dynamics' | 'activeCampaign'

/**
 * A webhook arrives: one of those that the service has sent so far, so that some come twice, late and in another order, and most
 * never. Or one that nobody sent, in the service's form, about a record that did not change, or is not there.
 */
export interface Letter {
  readonly side: Side
  readonly from: 'service' | 'elsewhere'
  /** Which one of those sent, the youngest first; or about whom. */
  readonly which: number
  /** Whether it brings the secret. */
  readonly secret: 'right' | 'wrong'
}

/** What came of a letter. */
export interface Answered {
  readonly letter: Letter
  /** In the order of the diary. */
  readonly from: number
  readonly until: number
  readonly status: number
  /** Whether the sync was asked for anything. */
  readonly followed: boolean
}

const secret = 'correct-horse-battery'
/** What somebody brings who does not know it. */
export const strangersSecret = 'incorrect-horse-battery'

const secrets = { right: secret, wrong: strangersSecret } as const

const urls: Readonly<Record<Side, string>> = {
  dynamics: 'https://host.example.com/hooks/dynamics',
  activeCampaign: 'https://host.example.com/hooks/activecampaign',
}

const tables = ['contact', 'lead', 'account', 'opportunity'] as const
const nobody = '99999'

/** A body as the service would send it, about a record that is there, or about one that never was. */
const forged = ({ dynamics, activeCampaign }: Services, { side, which }: Letter): string => {
  if (side === 'dynamics') {
    const rows = tables.flatMap((table) =>
      dynamics.rows(table).map((row) => ({ table, id: String(row[`${table}id`]) })),
    )
    const never = { table: 'contact', id: 'ffffffff-ffff-4fff-8fff-ffffffffffff' }
    const { table, id } = pick([never, ...rows], which) ?? never
    return JSON.stringify({ MessageName: 'Update', PrimaryEntityName: table, PrimaryEntityId: id })
  }
  const named = [
    { type: 'update', name: 'contact[id]', id: nobody },
    ...activeCampaign.contacts().map(({ id }) => ({ type: 'update', name: 'contact[id]', id })),
    ...activeCampaign
      .rows('accounts')
      .map(({ id }) => ({ type: 'account_update', name: 'account[id]', id: String(id) })),
  ]
  const one = pick(named, which)
  return new URLSearchParams({ type: one?.type ?? '', [one?.name ?? '']: one?.id ?? nobody }).toString()
}

const contentTypes: Readonly<Record<Side, string>> = {
  dynamics: 'application/json',
  activeCampaign: 'application/x-www-form-urlencoded',
}

const requestFor = (services: Services, letter: Letter, sent: readonly Delivery[]): Request | undefined => {
  const { side, from, which } = letter
  const body = from === 'elsewhere' ? forged(services, letter) : pick(sent.toReversed(), which)?.body
  if (body === undefined) return undefined
  return new Request(`${urls[side]}?code=${secrets[letter.secret]}`, {
    method: 'POST',
    headers: { 'content-type': contentTypes[side] },
    body,
  })
}

/** Has both services tell of changes, as the README says to; what they send lies here until a history has some of it arrive. */
export const createPostman = (services: Services, diary: Diary, accepted: readonly string[] = [secret]) => {
  services.dynamics.registerWebhook({
    url: urls.dynamics,
    authentication: { key: secret },
    tables,
  })
  services.activeCampaign.insert('webhooks', {
    name: 'Dynacamp',
    url: `${urls.activeCampaign}?code=${secret}`,
    events: ['subscribe', 'unsubscribe', 'update', 'contact_tag_added', 'contact_tag_removed'],
    sources: ['public', 'admin', 'system'],
  })
  const answered: Answered[] = []
  return {
    answered,
    /** Takes a letter to the handlers of this sync; undefined where there is none. */
    async deliver(
      letter: Letter,
      sync: Sync,
      onError: (error: unknown) => void,
    ): Promise<Answered | undefined> {
      const service = services[letter.side]
      await service.delivered()
      const request = requestFor(services, letter, service.deliveries)
      if (request === undefined) return undefined
      let followed = false
      const options = {
        sync: {
          runRecord(record: Parameters<Sync['runRecord']>[0]) {
            followed = true
            return sync.runRecord(record)
          },
        },
        secret: accepted,
        onError,
      }
      const handle = letter.side === 'dynamics' ? dynamicsWebhook(options) : activeCampaignWebhook(options)
      const from = diary.tick()
      const { status } = await asking.run(null, () => handle(request))
      const answer = { letter, from, until: diary.tick(), status, followed }
      answered.push(answer)
      return answer
    },
  }
}
