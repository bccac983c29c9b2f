import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { bundle } from '../bundle.ts'

interface Line {
  readonly dynamics: Record<
    'baseUrl' | 'apiUrl' | 'tokenUrl' | 'tenantId' | 'clientId' | 'clientSecret',
    string
  >
  readonly activeCampaign: Record<'baseUrl' | 'apiKey', string>
}

/** Answers as the tests read them. */
interface Rows {
  readonly value: readonly Record<string, unknown>[]
  readonly fieldValues: readonly Record<string, unknown>[]
  readonly meta: { readonly total: string }
}

let folder = ''
let program = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dynacamp-simulators-'))
  program = await bundle('scripts/simulators.ts', folder)
})
afterAll(() => rm(folder, { recursive: true }))

/** As `pnpm simulators` does. */
const fromSource = ['--conditions=@dynacamp/source', 'scripts/simulators.ts']

const start = (...args: readonly string[]) => launch([program, ...args])

function launch(command: readonly string[]) {
  const child = spawn(process.execPath, command)
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const output = { out: '', err: '' }
  child.stdout.on('data', (chunk) => {
    output.out += chunk
  })
  child.stderr.on('data', (chunk) => {
    output.err += chunk
  })
  return { child, output }
}

async function exitOf(child: ChildProcess): Promise<number | null> {
  const [code] = await once(child, 'close')
  return code
}

/** Starts both and waits for their one line. */
const serve = (...args: readonly string[]) => serveWith([program, ...args])

async function serveWith(command: readonly string[]) {
  const { child, output } = launch(command)
  while (!output.out.includes('\n')) {
    await Promise.race([
      once(child.stdout, 'data'),
      once(child, 'close').then(() => Promise.reject(new Error(output.err))),
    ])
  }
  const line: Line = JSON.parse(output.out)
  const rows = async (url: string, headers: Record<string, string>): Promise<Rows> => {
    const response = await fetch(url, { headers })
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
    return (await response.json()) as Rows
  }
  const signIn = await fetch(line.dynamics.tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: line.dynamics.clientId,
      client_secret: line.dynamics.clientSecret,
      scope: `${line.dynamics.baseUrl}/.default`,
    }),
  })
  const { access_token: token } = (await signIn.json()) as { access_token: string }
  return {
    child,
    output,
    line,
    dynamics: (path: string) => rows(`${line.dynamics.apiUrl}/${path}`, { authorization: `Bearer ${token}` }),
    activeCampaign: (path: string) =>
      rows(`${line.activeCampaign.baseUrl}/api/3/${path}`, { 'Api-Token': line.activeCampaign.apiKey }),
  }
}

async function fileOf(content: unknown): Promise<string> {
  const own = await mkdtemp(join(tmpdir(), 'dynacamp-'))
  onTestFinished(() => rm(own, { recursive: true }))
  const path = join(own, 'data.json')
  await writeFile(path, JSON.stringify(content))
  return path
}

describe('pnpm simulators', () => {
  it('serves the sample on both sides and stops cleanly', async () => {
    const { child, output, line, dynamics, activeCampaign } = await serveWith(fromSource)
    expect(new URL(line.dynamics.baseUrl).hostname).toBe('127.0.0.1')
    expect((await dynamics('contacts?$select=fullname,new_interests')).value.length).toBeGreaterThan(20)
    expect((await dynamics('leads?$select=fullname')).value.length).toBeGreaterThan(2)
    expect(Number((await activeCampaign('contacts')).meta.total)).toBeGreaterThan(10)
    child.kill('SIGTERM')
    expect(await exitOf(child)).toBe(0)
    expect(output.out.trim().split('\n')).toHaveLength(1)
    expect(output.err).toBe('')
  })

  it('serves files, with columns and fields of their own', async () => {
    const dynamicsFile = await fileOf({
      contacts: [
        {
          contactid: '5f9cdb5c-3a4e-4f0c-8d0e-0a9e2f2b7a11',
          lastname: 'Ek',
          new_shoesize: 39.5,
          new_member: true,
        },
      ],
    })
    const activeCampaignFile = await fileOf({
      contacts: [{ id: '7', email: 'ek@example.com', fieldValues: [{ field: 'SHOES', value: '39.5' }] }],
    })
    const { dynamics, activeCampaign } = await serve(
      '--dynamics',
      dynamicsFile,
      '--activecampaign',
      activeCampaignFile,
    )
    expect((await dynamics('contacts?$select=lastname,new_shoesize,new_member')).value).toMatchObject([
      {
        contactid: '5f9cdb5c-3a4e-4f0c-8d0e-0a9e2f2b7a11',
        lastname: 'Ek',
        new_shoesize: 39.5,
        new_member: true,
      },
    ])
    expect((await activeCampaign('contacts/7')).fieldValues).toMatchObject([{ value: '39.5' }])
  })

  it('gives the same credentials and rows for the same seed', async () => {
    const [one, two, other] = await Promise.all([
      serve('--seed', '5'),
      serve('--seed', '5'),
      serve('--seed', '6'),
    ])
    expect(two.line.dynamics.clientId).toBe(one.line.dynamics.clientId)
    expect(two.line.activeCampaign.apiKey).toBe(one.line.activeCampaign.apiKey)
    const ids = async ({ dynamics }: typeof one) =>
      (await dynamics('contacts?$select=contactid')).value.map(({ contactid }) => contactid)
    expect(await ids(two)).toEqual(await ids(one))
    expect(await ids(other)).not.toEqual(await ids(one))
  })

  it.each([
    [['--dynamics', '/nowhere.json'], 'there is no such file'],
    [['--dynamics-port', 'x'], '--dynamics-port is x'],
    [['--seed', '-1'], '--seed'],
    [['--nonsense'], '--nonsense'],
  ])('refuses %j in one line', async (args, message) => {
    const { child, output } = start(...args)
    expect(await exitOf(child)).toBe(2)
    expect(output.err).toContain(message)
    expect(output.err.trim()).not.toContain('\n')
    expect(output.out).toBe('')
  })

  it('refuses a port that is taken', async () => {
    const { line } = await serve()
    const { child, output } = start('--dynamics-port', new URL(line.dynamics.baseUrl).port)
    expect(await exitOf(child)).toBe(2)
    expect(output.err).toContain('EADDRINUSE')
  })

  it('explains itself', async () => {
    const { child, output } = start('--help')
    expect(await exitOf(child)).toBe(0)
    expect(output.out).toContain('--activecampaign-port N')
  })
})
