import { execFile, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { sampleData } from '@dynacamp/simulators'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundle } from '../../scripts/bundle.ts'

const root = resolve(import.meta.dirname, '../..')
const timeoutMs = 120_000
let folder = ''
let program = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dynacamp-demo-'))
  program = await bundle('examples/two-way-sync.ts', folder)
})
afterAll(() => rm(folder, { recursive: true }))

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

const start = (...command: readonly string[]): Promise<Ended> =>
  new Promise((ended) => {
    execFile('node', command, { cwd: root, maxBuffer: 1e9 }, (error, stdout, stderr) => {
      ended({ code: error === null ? 0 : Number(error.code), stdout, stderr })
    })
  })

const demo = (...args: readonly string[]): Promise<Ended> => start(program, ...args)

/** As `pnpm demo` does. */
const demoFromSource = (): Promise<Ended> =>
  start('--conditions=@dynacamp/source', 'examples/two-way-sync.ts')

const file = async (name: string, content: string): Promise<string> => {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

interface Account {
  readonly records: number
  readonly synced: number
  readonly held: number
  readonly skipped: number
}

const accountsOf = ({ stdout }: Ended): readonly Account[] => {
  const { report } = JSON.parse(stdout)
  return [report.comparison.dynamics, report.comparison.activeCampaign]
}

const expectAllAccountedFor = (ended: Ended): void => {
  for (const { records, synced, held, skipped } of accountsOf(ended))
    expect(synced + held + skipped).toBe(records)
}

describe('on the built-in sample', () => {
  test(
    'syncs both ways until nothing is left to do, in plain lines where there is no terminal',
    async () => {
      const { code, stdout, stderr } = await demoFromSource()
      expect(stderr).toContain('applying')
      expect(stderr).not.toContain('\u001b')
      expect(stdout).not.toContain('\u001b')
      expect(stdout).toContain('Nothing to do.')
      expect(stdout).toContain('Both sides agree on every mapped field')
      expect(stdout).toMatch(/Killed after \d+ writes: the answer to (PATCH|POST|PUT) \//)
      expect(stdout).toContain('0 of 0 actions applied: 0 writes')
      expect(code).toBe(0)
    },
    timeoutMs,
  )

  test(
    'accounts for every record, settles a conflict, survives a kill, and ends with nothing to write',
    async () => {
      const ended = await demo('--json')
      expect(ended.code).toBe(0)
      expectAllAccountedFor(ended)
      const { runs, last, lastPlan, report } = JSON.parse(ended.stdout)
      expect(lastPlan.actions).toEqual([])
      expect(last).toMatchObject({ writes: 0, report: { outcomes: [] } })
      const [first, killed, resumed] = runs
      expect(runs).toHaveLength(3)
      expect(killed).toMatchObject({ report: null, writes: expect.any(Number) })
      expect(killed.writes).toBeGreaterThan(0)
      expect(killed.plan.conflicts).toContainEqual(
        expect.objectContaining({
          field: 'lastname:lastName',
          winner: 'dynamics',
          activeCampaign: 'Lindquist',
        }),
      )
      expect(resumed.plan.actions.length).toBeGreaterThan(0)
      expect(resumed.plan.actions.length).toBeLessThan(killed.plan.actions.length)
      for (const { reason } of [...lastPlan.holds, ...lastPlan.skips]) expect(reason.message).not.toBe('')
      expect(lastPlan.holds).not.toEqual([])

      const kindsOf = ({ plan }: { plan: { actions: { kind: string }[] } }) =>
        plan.actions.map(({ kind }) => kind)
      expect(kindsOf(first)).toEqual(
        expect.arrayContaining([
          'create-active-campaign-account',
          'create-custom-object',
          'create-active-campaign-record',
        ]),
      )
      expect(kindsOf(killed)).toEqual(
        expect.arrayContaining([
          'create-active-campaign-contact',
          'create-active-campaign-record',
          'create-dynamics-record',
          'move-link',
          'set-active-campaign-account',
          'unsubscribe-active-campaign-contact',
          'update-active-campaign-record',
          'update-dynamics-record',
        ]),
      )
      const changed = killed.plan.actions.flatMap(({ changes }: { changes: { field: string }[] }) =>
        changes.map(({ field }) => field),
      )
      expect(changed).toContain('donotbulkemail')
      expect(report.comparison).toMatchObject({
        differences: [],
        optedOut: { dynamics: 2, activeCampaign: 2 },
        entities: [
          { entity: 'accounts', dynamics: { records: 8, synced: 8 } },
          { entity: 'leads', dynamics: { records: 8, synced: 3 } },
          { entity: 'contacts' },
          { entity: 'opportunities', dynamics: { synced: 3, unaccounted: [] } },
        ],
      })
    },
    timeoutMs,
  )
})

// Between the first sync and the second the demo adds one person on each side.
describe('on data of one’s own', () => {
  test(
    'takes a CSV of people with duplicates, blanks and malformed addresses',
    async () => {
      const rows = [
        'given_name,Surname,E-Mail,town,dob,shoe size',
        'Ada,Byron,ada@example.com,London,1815-12-10,36',
        'Ada,Lovelace,ADA@example.com,London,,36',
        'Bea,,bea@example.com,,1990-02-30,38',
        'Carl,Nobody,,Oslo,1980-01-01,44',
        'Dora,Broken,dora@@example,Oslo,1980-01-01,41',
        'Émile,Zed,emile@example.com,Paris,2000-02-29,42',
      ]
      const people = await file('people.csv', rows.join('\n'))
      const text = await demo('--people', people)
      expect(text.stdout).toContain('ignored columns: shoe size')
      expect(text.stdout).toContain('left out: no lead is in sync')
      expect(text.code).toBe(0)
      const ended = await demo('--people', people, '--json')
      expectAllAccountedFor(ended)
      expect(accountsOf(ended)[0]).toMatchObject({ records: 8, synced: 4, held: 3, skipped: 1 })
    },
    timeoutMs,
  )

  test(
    'takes rows as the two services return them',
    async () => {
      const dynamics = await file(
        'dynamics.json',
        JSON.stringify({
          contacts: [
            {
              contactid: '11111111-1111-4111-8111-111111111111',
              emailaddress1: 'ada@example.com',
              firstname: 'Ada',
              new_score: 7,
            },
          ],
        }),
      )
      const activeCampaign = await file(
        'activecampaign.json',
        JSON.stringify({
          contacts: [{ id: '7', email: 'ada@example.com', firstName: 'Ada', lastName: 'Byron' }],
        }),
      )
      const ended = await demo('--dynamics', dynamics, '--activecampaign', activeCampaign, '--json')
      expect(ended.code).toBe(0)
      expect(accountsOf(ended)).toMatchObject([
        { records: 3, synced: 3 },
        { records: 3, synced: 3 },
      ])
    },
    timeoutMs,
  )

  test.each([
    ['a file that is missing', 'missing.json', undefined, /missing\.json.*no such file/],
    ['a file that is not JSON', 'broken.json', '{"contacts": [', /broken\.json.*not JSON/],
    [
      'a row of the wrong shape',
      'shape.json',
      '{"contacts": [{"contactid": 7}]}',
      /shape\.json.*contacts row 1/,
    ],
  ])(
    'refuses %s in one line',
    async (_, name, content, expected) => {
      const path = content === undefined ? join(folder, name) : await file(name, content)
      const { code, stderr, stdout } = await demo('--dynamics', path)
      expect(stderr.trim()).toMatch(expected)
      expect(stderr.trim().split('\n')).toHaveLength(1)
      expect(stdout).toBe('')
      expect(code).toBe(2)
    },
    timeoutMs,
  )

  test(
    'refuses a state that is no database in one line',
    async () => {
      const credentials = { tenantId: 't', clientId: 'c', clientSecret: 's' }
      const connection = {
        dynamics: { baseUrl: 'http://127.0.0.1:1', tokenUrl: 'http://127.0.0.1:1/token', ...credentials },
        activeCampaign: { baseUrl: 'http://127.0.0.1:1', apiKey: 'k' },
      }
      const connect = await file('nobody-listens.json', JSON.stringify(connection))
      const state = await file('state.txt', 'this is no database, however often it is opened')
      const { code, stderr } = await demo('--connect', connect, '--state', state)
      expect(stderr.trim()).toMatch(/^--state .*state\.txt: .*not a database$/)
      expect(code).toBe(2)
    },
    timeoutMs,
  )

  test(
    'refuses an option it does not have',
    async () => {
      const { code, stderr } = await demo('--dynamic', 'x')
      expect(stderr).toContain('--dynamic')
      expect(code).toBe(2)
    },
    timeoutMs,
  )
})

describe('killed and started again', () => {
  test(
    'between plan and apply, and while it applies: no duplicate on either side',
    async () => {
      const contacts = Array.from({ length: 12 }, (_, index) => ({
        contactid: `${10 + index}000000-0000-4000-8000-000000000000`,
        emailaddress1: `person${index}@example.com`,
        firstname: `First ${index}`,
        lastname: `Last ${index}`,
      }))
      const sample = sampleData({ people: 0 })
      const dynamics = await file('kill.json', JSON.stringify({ contacts, columns: sample.dynamics.columns }))
      const { fields } = sample.activeCampaign
      const nobody = await file('nobody.json', JSON.stringify({ contacts: [], fields }))
      const serving = ['--dynamics', dynamics, '--activecampaign', nobody, '--speed', '10']
      const simulators = spawn(
        'node',
        ['--conditions=@dynacamp/source', 'scripts/simulators.ts', ...serving],
        { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
      )
      try {
        const line = await new Promise<string>((found) => {
          simulators.stdout.once('data', (data: Buffer) => found(data.toString()))
        })
        const connection = await file('connection.json', line)
        const args = ['--connect', connection, '--state', join(folder, 'kill.db')]
        for (const moment of [/Actions/, /applying 1\//, /applying [2-4]\//]) {
          expect(await killAt(moment, args)).toBe('SIGKILL')
        }
        const ended = await demo(...args, '--json')
        expect(ended.stderr).toBe('')
        expect(ended.code).toBe(0)
        expect(accountsOf(ended)).toMatchObject([
          { records: 14, synced: 14 },
          { records: 14, synced: 14 },
        ])
      } finally {
        simulators.kill()
      }
    },
    timeoutMs,
  )
})

/** Starts the demo and kills it, without a chance to tidy up, as soon as it prints this: the plan's actions, or its progress. */
const killAt = (moment: RegExp, args: readonly string[]): Promise<string | null> =>
  new Promise((gone) => {
    const child = spawn('node', [program, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data: Buffer) => {
        if (moment.test(data.toString())) child.kill('SIGKILL')
      })
    }
    child.once('exit', (_, signal) => gone(signal))
  })
