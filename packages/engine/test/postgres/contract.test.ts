import { afterAll, inject, test } from 'vitest'
import { memoryState, postgresState } from '../../src/index.ts'
import { expectAgreement } from '../state/agree.ts'
import { readingContract } from '../state/reading-contract.ts'
import { stateContract } from '../state-contract.ts'
import { createDatabases } from './databases.ts'

const databases = createDatabases(inject('postgres'))
afterAll(() => databases.close())

stateContract('PostgreSQL', databases.open)
readingContract('PostgreSQL', async () => {
  const connectionString = await databases.create()
  return { writer: postgresState({ connectionString }), reader: postgresState({ connectionString }) }
})

test('PostgreSQL answers as SQLite and the model do', async () => {
  const [memory, postgres] = [memoryState(), await databases.open()]
  await expectAgreement({ memory, postgres }, 30)
  await memory.close()
  await postgres.close()
})
