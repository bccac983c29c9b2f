import pg from 'pg'
import { postgresState, type StateStore } from '../../src/index.ts'

let databases = 0

/** Empty databases on the tests' server. They are made from one whose tables are made already, which takes a tenth of the time. */
export const createDatabases = (postgres: { readonly url: string } | { readonly missing: string }) => {
  const url = 'url' in postgres ? postgres.url : ''
  const part = `test_${process.pid}_${databases++}`
  const pool = new pg.Pool({ connectionString: url, max: 1 })
  const urlOf = (name: string): string => Object.assign(new URL(url), { pathname: name }).href
  let made = 0
  let template: Promise<string> | undefined

  const makeTemplate = async (): Promise<string> => {
    const name = `${part}_template`
    await pool.query(`create database ${name}`)
    const store = postgresState({ connectionString: urlOf(name) })
    await store.transaction('any', async () => undefined)
    await store.close()
    return name
  }

  /** The address of a new database without any tables. */
  const create = async (from = 'template1'): Promise<string> => {
    const name = `${part}_${made++}`
    await pool.query(`create database ${name} template ${from}`)
    return urlOf(name)
  }

  return {
    create,
    open: async (): Promise<StateStore> => {
      template ??= makeTemplate()
      return postgresState({ connectionString: await create(await template) })
    },
    /** Breaks the connections that stand still in the middle of a transaction, as the server itself does after a while. */
    endStalled: () =>
      pool.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle in transaction' and datname like $1",
        [`${part}_%`],
      ),
    close: () => pool.end(),
  }
}
