import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { pullSchema, schemaModule } from '@dynacamp/engine'
import { isHttpError } from '@dynacamp/http'
import { describeCompatibility } from '@dynacamp/mapping-dsl'
import { DataFileError, sampleData } from '@dynacamp/simulators'
import { UsageError } from './demo/arguments.ts'
import { connectedWorld, simulatedWorld } from './demo/world.ts'

const usage = `Usage: pnpm pull-schema [options] FILE.ts

Reads every column and field of a simulated Dynamics 365 and a simulated ActiveCampaign, and writes them to FILE.ts as a
typed module. With clients of your own two environments it is the same call.

  --report FILE.md  write what can be mapped to what
  --connect FILE    use listening simulators; FILE holds the line that \`pnpm simulators\` prints
  --help            print this
`

const readArguments = (args: readonly string[]) => {
  try {
    const { values, positionals } = parseArgs({
      args: args.filter((argument) => argument !== '--'),
      allowPositionals: true,
      options: { report: { type: 'string' }, connect: { type: 'string' }, help: { type: 'boolean' } },
    })
    return { ...values, module: positionals[0] }
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

const main = async (): Promise<number> => {
  const { module, report, connect, help } = readArguments(process.argv.slice(2))
  if (help === true) {
    console.log(usage)
    return 0
  }
  if (module === undefined) throw new UsageError('name the file to write, such as schema.generated.ts')
  const world = connect === undefined ? simulatedWorld(sampleData()) : await connectedWorld(connect)

  const { schema, problems } = await pullSchema(world)

  await writeFile(module, schemaModule(schema))
  if (report !== undefined) await writeFile(report, describeCompatibility(schema))
  for (const [table, columns] of Object.entries(schema.dynamics)) {
    console.log(`${table}: ${Object.keys(columns).length} columns`)
  }
  const { contacts, accounts = {}, objects = {} } = schema.activeCampaign
  console.log(`ActiveCampaign contacts: ${Object.keys(contacts).length} fields`)
  console.log(`ActiveCampaign accounts: ${Object.keys(accounts).length} fields`)
  console.log(`ActiveCampaign custom objects: ${Object.keys(objects).length}`)
  for (const { where, message } of problems) console.log(`  not mapped: ${where} ${message}`)
  const { dynamics, activeCampaign } = world.arrived().calls
  console.log(`${dynamics} calls to Dynamics 365, ${activeCampaign} to ActiveCampaign.`)
  return 0
}

process.exitCode = await main().catch((error: unknown) => {
  if (error instanceof UsageError || error instanceof DataFileError) {
    console.error(error.message)
    return 2
  }
  if (isHttpError(error)) {
    console.error(error.message)
    return 1
  }
  throw error
})
