import { afterAll, inject } from 'vitest'
import { stateContract } from '../state-contract.ts'
import { createDatabases } from './databases.ts'

const databases = createDatabases(inject('postgres'))
afterAll(() => databases.close())

stateContract('PostgreSQL', databases.open)
