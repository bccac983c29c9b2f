import type { TestProject } from 'vitest/node'
import { startPostgres } from './server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the tests' PostgreSQL is, or why there is none. */
    postgres: { readonly url: string } | { readonly missing: string }
  }
}

/** One server for all test files of the project, and only when one of them runs. */
export const setup = async (project: TestProject): Promise<(() => Promise<void>) | undefined> => {
  try {
    const server = await startPostgres()
    project.provide('postgres', { url: server.url })
    return server.stop
  } catch (error) {
    project.provide('postgres', { missing: String(error) })
    return undefined
  }
}
