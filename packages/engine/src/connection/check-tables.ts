import type { UserPrivilege } from '@dynacamp/dynamics-client'
import type { CompiledEntity, EntityName } from '@dynacamp/mapping-dsl'
import { columnsRead } from '../observe/row-record.ts'
import { tableOf } from '../observe/tables.ts'
import { type ConnectedDynamics, callDeadlineMs } from './check-dynamics.ts'
import type { Checklist } from './checklist.ts'
import { StepFailure } from './connection-step.ts'
import { explainDynamics } from './explain-failure.ts'

/** What a sync does to a table. */
export interface TableUse {
  readonly entity: EntityName
  readonly writes: boolean
  readonly creates: boolean
  /** Known when the definition and its schema are. */
  readonly compiled: CompiledEntity | undefined
}

/** Privileges are named after the schema name of their table. */
const schemaNames: Readonly<Record<EntityName, string>> = {
  contacts: 'Contact',
  leads: 'Lead',
  accounts: 'Account',
  opportunities: 'Opportunity',
}

/** Amounts that are mapped to a field in one currency are read with theirs. */
const neededToRead = ({ entity, compiled }: TableUse) => [
  `prvRead${schemaNames[entity]}`,
  ...(compiled?.readsCurrencies === true ? ['prvReadTransactionCurrency'] : []),
]

/** Append and AppendTo: a row is linked to its account by a write. */
const neededToWrite = ({ entity, writes, creates }: TableUse) => {
  const verbs = [
    ...(creates ? ['Create'] : []),
    ...(writes || creates ? ['Write', 'Append', 'AppendTo'] : []),
  ]
  return verbs.map((verb) => `prv${verb}${schemaNames[entity]}`)
}

const lacking = (held: readonly UserPrivilege[], needed: readonly string[]): readonly string[] =>
  needed.filter((name) => !held.some((privilege) => privilege.name === name && privilege.depth === 'Global'))

const requireAll = (held: readonly UserPrivilege[], needed: readonly string[]): void => {
  const missing = lacking(held, needed)
  if (missing.length === 0) return
  throw new StepFailure({
    found: `The application user lacks ${missing.join(', ')} for the whole organisation.`,
    remedy:
      'Give its security role these privileges at organisation level: rows out of its reach would look deleted, or be refused.',
  })
}

/** Whether the tables of a definition can be read, written and followed. */
export const checkTables = async (
  { step, notNeeded }: Checklist,
  connected: ConnectedDynamics | undefined,
  uses: readonly TableUse[],
  signal: AbortSignal | undefined,
): Promise<void> => {
  const options = { deadlineMs: callDeadlineMs, ...(signal && { signal }) }
  const after = ['dynamics.user']
  const names = uses.flatMap((use) => [...neededToRead(use), ...neededToWrite(use)])
  const held = await step({
    id: 'dynamics.privileges',
    title: 'Privileges of the user',
    after,
    work: async () => {
      const value = (await connected?.client.users.privileges(connected.userId, names, options)) ?? []
      return { found: `${value.length} of ${names.length} that a sync can need are held.`, value }
    },
    explain: explainDynamics,
  })
  for (const use of uses) {
    const { entity, compiled } = use
    const { logicalName, primaryId } = tableOf(entity)
    await step({
      id: `dynamics.${entity}.read`,
      title: `Reading ${entity}`,
      after: [...after, 'dynamics.privileges'],
      work: async () => {
        requireAll(held ?? [], neededToRead(use))
        const select = compiled === undefined ? [primaryId] : columnsRead(compiled)
        const rows = connected?.client.table(tableOf(entity)).list({ select, top: 1, ...options })
        for await (const _row of rows ?? []) break
        return { found: `All rows can be read, with ${select.length} columns.`, value: undefined }
      },
      explain: explainDynamics,
    })
    const needed = neededToWrite(use)
    if (needed.length === 0) notNeeded(`dynamics.${entity}.write`, `Writing ${entity}`, 'Nothing is written.')
    else {
      await step({
        id: `dynamics.${entity}.write`,
        title: `Writing ${entity}`,
        after: [...after, 'dynamics.privileges'],
        work: () => {
          requireAll(held ?? [], needed)
          return {
            found: `${use.creates ? 'Creating and changing' : 'Changing'} is allowed.`,
            value: undefined,
          }
        },
        explain: explainDynamics,
      })
    }
    await step({
      id: `dynamics.${entity}.change-tracking`,
      title: `Change tracking of ${entity}`,
      after,
      work: async () => {
        const table = await connected?.client.metadata.table(logicalName, options)
        if (table?.hasChangeTracking === true) return { found: 'It is on.', value: undefined }
        throw new StepFailure({
          found: 'It is off, so that nobody can ask what changed.',
          remedy: `Switch “Track changes” on: Power Apps, Tables, ${logicalName}, Properties, Advanced options.`,
        })
      },
      explain: explainDynamics,
    })
  }
}
