import { activity, states } from '../columns.ts'
import type { TableDefinition } from '../table.ts'

/** Read view over all activities. */
export const activityPointer: TableDefinition = {
  schemaName: 'ActivityPointer',
  entitySetName: 'activitypointers',
  primaryName: 'subject',
  objectTypeCode: 4200,
  label: 'Activity',
  pluralLabel: 'Activities',
  activity: true,
  columns: {
    ...activity('ActivityPointer'),
    ...states({
      0: ['Open', { 1: 'Open' }],
      1: ['Completed', { 2: 'Completed' }],
      2: ['Canceled', { 3: 'Canceled' }],
      3: ['Scheduled', { 4: 'Scheduled' }],
    }),
  },
}
