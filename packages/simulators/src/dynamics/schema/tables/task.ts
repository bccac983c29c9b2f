import { activity, dateTime, guid, integer, lookup, states, text } from '../columns.ts'
import type { TableDefinition } from '../table.ts'

export const task: TableDefinition = {
  schemaName: 'Task',
  entitySetName: 'tasks',
  primaryName: 'subject',
  objectTypeCode: 4212,
  label: 'Task',
  pluralLabel: 'Tasks',
  activity: true,
  columns: {
    CrmTaskAssignedUniqueId: guid('Assigned Task Unique Id'),
    LastOnHoldTime: dateTime('Last On Hold Time'),
    OnHoldTime: integer('On Hold Time (Minutes)', -2_147_483_648, 2_147_483_647),
    PercentComplete: integer('Percent Complete', 0, 100),
    ProcessId: guid('Process'),
    SLAId: lookup('SLA', { sla: 'sla_task_slaid' }),
    SLAInvokedId: lookup('Last SLA applied', { sla: 'sla_task_slainvokedid' }),
    StageId: guid('Process Stage'),
    TraversedPath: text('Traversed Path', 1250),
    ...states({
      0: ['Open', { 2: 'Not Started', 3: 'In Progress', 4: 'Waiting on someone else', 7: 'Deferred' }],
      1: ['Completed', { 5: 'Completed' }],
      2: ['Canceled', { 6: 'Canceled' }],
    }),
    ...activity('Task'),
  },
}
