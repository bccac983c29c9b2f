import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import type { SyncContext } from '../context.ts'
import { observeDynamics } from '../observe/observe-dynamics.ts'
import { readLateOrNote } from '../observe/read-or-note.ts'
import { rivals } from '../plan/candidates.ts'

/**
 * Reads what has changed in D365 since the last reading, a call for each table whose rows may have the contact of a record of this
 * entity. What cannot be read is noted.
 */
export const lookAtRows = async (context: SyncContext, { entity }: CompiledEntity): Promise<void> => {
  const names = rivals(context.definition, entity)
  for (const rival of context.definition.entities) {
    if (!names.includes(rival.entity)) continue
    const part = { side: 'dynamics', entities: [rival.entity] } as const
    await readLateOrNote(context, part, () => observeDynamics(context, rival))
  }
}
