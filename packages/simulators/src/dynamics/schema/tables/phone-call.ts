import { activity, dateTime, guid, integer, lookup, states, text } from '../columns.ts'
import type { TableDefinition } from '../table.ts'

export const phoneCall: TableDefinition = {
  schemaName: 'PhoneCall',
  entitySetName: 'phonecalls',
  primaryName: 'subject',
  objectTypeCode: 4210,
  label: 'Phone Call',
  pluralLabel: 'Phone Calls',
  activity: true,
  columns: {
    LastOnHoldTime: dateTime('Last On Hold Time'),
    OnHoldTime: integer('On Hold Time (Minutes)', -2_147_483_648, 2_147_483_647),
    PhoneNumber: text('Phone Number', 200, { format: 'Phone' }),
    ProcessId: guid('Process'),
    SLAId: lookup('SLA', { sla: 'sla_phonecall_slaid' }),
    SLAInvokedId: lookup('Last SLA applied', { sla: 'sla_phonecall_slainvokedid' }),
    StageId: guid('Process Stage'),
    TraversedPath: text('Traversed Path', 1250),
    ...states({
      0: ['Open', { 1: 'Open' }],
      1: ['Completed', { 2: 'Made', 4: 'Received' }],
      2: ['Canceled', { 3: 'Canceled' }],
    }),
    ...activity('PhoneCall', 'Phonecalls'),
  },
}
