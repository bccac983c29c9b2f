import {
  createActiveCampaignSimulator,
  createDynamicsSimulator,
  createVirtualClock,
} from '@dynacamp/simulators'
import { describe, expect, test } from 'vitest'
import {
  activeCampaignWebhook,
  dynamicsWebhook,
  type RecordName,
  type WebhookOptions,
} from '../../src/index.ts'

const secret = 'correct-horse-battery'
const url = `https://host.example.com/hooks?code=${secret}`
const id = '7d0c7cd2-9a5c-4f6e-8f0e-2f6f1a1f0a01'
const form = 'type=update&date_time=2026-11-26T10:00:00-06:00&contact[id]=42&contact[email]=ada@example.com'

const listening = (over: Partial<WebhookOptions> = {}) => {
  const heard: RecordName[] = []
  const sync = {
    runRecord: (record: RecordName) => {
      heard.push(record)
      return Promise.resolve({ status: 'synced' })
    },
  }
  const options = { sync, secret, ...over }
  return { heard, activeCampaign: activeCampaignWebhook(options), dynamics: dynamicsWebhook(options) }
}

const post = (body: string, over: RequestInit & { readonly to?: string } = {}): Request => {
  const { to = url, ...init } = over
  return new Request(to, { method: 'POST', body, ...init })
}

const context = (name: string, over: object = {}): string =>
  JSON.stringify({ MessageName: 'Update', PrimaryEntityName: name, PrimaryEntityId: id, ...over })

const told = async (response: Response) => [response.status, await response.json()]

describe('a call with the secret', () => {
  test('names the record that it is about', async () => {
    const { heard, activeCampaign, dynamics } = listening()
    expect(await told(await activeCampaign(post(form)))).toEqual([200, { status: 'synced' }])
    expect(await told(await dynamics(post(context('lead', { PrimaryEntityId: id.toUpperCase() }))))).toEqual([
      200,
      { status: 'synced' },
    ])
    const account = 'type=account_update&account[id]=7&account[name]=Contoso'
    await activeCampaign(post(account))
    expect(heard).toEqual([
      { side: 'activeCampaign', entity: 'contacts', id: '42' },
      { side: 'dynamics', entity: 'leads', id },
      { side: 'activeCampaign', entity: 'accounts', id: '7' },
    ])
  })

  test('may bring it in a header, and one of several while it is being changed', async () => {
    const { heard, dynamics } = listening({ secret: ['an-older-secret-of-ours', secret] })
    const to = 'https://host.example.com/hooks'
    for (const key of [secret, 'an-older-secret-of-ours']) {
      await dynamics(post(context('contact'), { to, headers: { 'x-webhook-key': key } }))
    }
    expect(heard).toHaveLength(2)
  })

  test('about something else is heard and left alone', async () => {
    const { heard, activeCampaign, dynamics } = listening()
    expect(await told(await dynamics(post(context('task'))))).toEqual([200, { status: 'ignored' }])
    expect(await told(await activeCampaign(post('type=list_add&list[id]=3')))).toEqual([
      200,
      { status: 'ignored' },
    ])
    expect(await told(await activeCampaign(post('type=update&contact[id]=../7')))).toEqual([
      200,
      { status: 'ignored' },
    ])
    expect(heard).toEqual([])
  })

  test('is answered at once where the host lets work go on after the answer', async () => {
    const work: Promise<unknown>[] = []
    const { heard, activeCampaign } = listening()
    const response = await activeCampaign(post(form), { waitUntil: (promise) => void work.push(promise) })
    expect(await told(response)).toEqual([202, { status: 'accepted' }])
    await Promise.all(work)
    expect(heard).toHaveLength(1)
  })

  test('is answered with 2xx though the record cannot be synced, and the host hears why', async () => {
    const failure = new Error('ada@example.com is on fire')
    const errors: unknown[] = []
    const { dynamics } = listening({
      sync: { runRecord: () => Promise.reject(failure) },
      onError: (error, record) => errors.push([error, record.id]),
    })
    expect(await told(await dynamics(post(context('contact'))))).toEqual([200, { status: 'failed' }])
    expect(errors).toEqual([[failure, id]])
  })

  test.each([
    [
      'throws',
      () => {
        throw new Error('the log is full')
      },
    ],
    ['rejects', () => Promise.reject(new Error('the log is full'))],
  ])('is answered with 2xx though its error handler %s', async (_, onError) => {
    const { dynamics } = listening({ sync: { runRecord: () => Promise.reject(new Error('no')) }, onError })
    expect(await told(await dynamics(post(context('contact'))))).toEqual([200, { status: 'failed' }])
    const work: Promise<unknown>[] = []
    await dynamics(post(context('contact')), { waitUntil: (later) => work.push(later) })
    expect(await Promise.all(work)).toEqual(['failed'])
  })
})

describe('a call that is refused', () => {
  const stream = (bytes: number): ReadableStream<Uint8Array> => {
    let left = bytes
    return new ReadableStream({
      pull(controller) {
        left -= 65_536
        controller.enqueue(new Uint8Array(65_536))
        if (left <= 0) controller.close()
      },
    })
  }
  const streamed = (bytes: number): Request =>
    new Request(url, { method: 'POST', body: stream(bytes), duplex: 'half' } as RequestInit)

  const cases: readonly (readonly [string, () => Request, number, string])[] = [
    ['without the secret', () => post(form, { to: 'https://host.example.com/hooks' }), 401, 'wrong-secret'],
    ['with another', () => post(form, { to: `${url}x` }), 401, 'wrong-secret'],
    ['with a part of it', () => post(form, { to: url.slice(0, -1) }), 401, 'wrong-secret'],
    [
      'with an empty one',
      () => post(form, { to: 'https://host.example.com/hooks?code=' }),
      401,
      'wrong-secret',
    ],
    ['that only asks', () => new Request(url), 405, 'method-not-allowed'],
    ['that says it is too large', () => post('x'.repeat(600_000)), 413, 'too-large'],
    ['that does not end', () => streamed(1e9), 413, 'too-large'],
    ['without a body', () => new Request(url, { method: 'POST' }), 400, 'malformed'],
    ['with another body', () => post('ada@example.com'), 400, 'malformed'],
    [
      'with an id that is none',
      () => post(context('contact', { PrimaryEntityId: 'ada@example.com' })),
      400,
      'malformed',
    ],
    [
      'with keys that reach into prototypes',
      () => post('__proto__[type]=update&constructor[id]=1'),
      400,
      'malformed',
    ],
    ['nested too deep', () => post(`${'['.repeat(200_000)}`), 400, 'malformed'],
    ['of quotes alone', () => post('\\"'.repeat(250_000)), 400, 'malformed'],
  ]

  test.each(cases)('%s', async (_name, request, status, code) => {
    const { heard, activeCampaign, dynamics } = listening()
    for (const handler of [activeCampaign, dynamics]) {
      const response = await handler(request())
      // A form may hold anything: what names no record is left alone.
      if (handler === activeCampaign && response.status === 200) {
        expect([code, await response.json()]).toEqual(['malformed', { status: 'ignored' }])
        continue
      }
      const body: unknown = await response.json()
      expect([response.status, body]).toMatchObject([status, { code }])
      expect(JSON.stringify(body)).not.toContain('ada@')
      expect(JSON.stringify(body)).not.toContain(secret)
    }
    expect(heard).toEqual([])
  })

  test('never with 410, which would switch a webhook of ActiveCampaign off for good', () => {
    expect(cases.map(([, , status]) => status)).not.toContain(410)
  })
})

test('a secret that could be guessed is refused at once', () => {
  for (const short of ['', 'short', []]) expect(() => listening({ secret: short })).toThrow('16 characters')
})

test('both services’ own calls are understood', async () => {
  const { heard, activeCampaign, dynamics } = listening()
  const clock = createVirtualClock()
  const account = createActiveCampaignSimulator({ clock, deliver: activeCampaign })
  account.insert('webhooks', { name: 'x', url, events: ['subscribe', 'update'], sources: ['admin'] })
  const environment = createDynamicsSimulator({ clock, deliver: dynamics })
  environment.registerWebhook({
    url: 'https://host.example.com/hooks',
    authentication: { key: secret },
    tables: ['contact', 'lead'],
  })
  const contact = account.insertContact({ email: 'ada@example.com' })
  account.updateContact(contact.id, { phone: '1' })
  const row = environment.insert('lead', { lastname: 'Ek', emailaddress1: 'ada@example.com' })
  await Promise.all([account.delivered(), environment.delivered()])
  expect(new Set(heard.map(({ side, entity, id: of }) => `${side} ${entity} ${of}`))).toEqual(
    new Set([`activeCampaign contacts ${contact.id}`, `dynamics leads ${row}`]),
  )
})
