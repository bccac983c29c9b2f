import { activity, boolean, choice, dateTime, guid, integer, lookup, memo, states, text } from '../columns.ts'
import type { TableDefinition } from '../table.ts'

export const appointment: TableDefinition = {
  schemaName: 'Appointment',
  entitySetName: 'appointments',
  primaryName: 'subject',
  objectTypeCode: 4201,
  label: 'Appointment',
  pluralLabel: 'Appointments',
  activity: true,
  columns: {
    AttachmentCount: integer('Attachment Count', 0, 2_147_483_647, { required: 'SystemRequired' }),
    AttachmentErrors: choice('AttachmentErrors', {
      0: 'None',
      1: 'The appointment was saved as a Microsoft Dynamics 365 appointment record, but not all the attachments could be saved with it. An attachment cannot be saved if it is blocked or if its file type is invalid.',
    }),
    GlobalObjectId: text('Outlook Appointment', 300),
    IsAllDayEvent: boolean('All Day Event'),
    IsDraft: boolean('IsDraft', { required: 'SystemRequired' }),
    IsUnsafe: integer('IsUnsafe', 0, 2_147_483_647),
    LastOnHoldTime: dateTime('Last On Hold Time'),
    Location: text('Location', 200),
    ModifiedFieldsMask: memo('Modified Fields Mask', 1073741823),
    OnHoldTime: integer('On Hold Time (Minutes)', -2_147_483_648, 2_147_483_647),
    OriginalStartDate: dateTime('Original Start Date'),
    OutlookOwnerApptId: integer('Outlook Appointment Owner', -2_147_483_648, 2_147_483_647),
    ProcessId: guid('Process'),
    SeriesId: lookup('Series Id', { recurringappointment: 'recurringappointment_appointment_seriesid' }),
    SLAId: lookup('SLA', { sla: 'sla_appointment_slaid' }),
    SLAInvokedId: lookup('Last SLA applied', { sla: 'sla_appointment_slainvokedid' }),
    StageId: guid('Process Stage'),
    TraversedPath: text('Traversed Path', 1250),
    ...states({
      0: ['Open', { 1: 'Free', 2: 'Tentative' }],
      1: ['Completed', { 3: 'Completed' }],
      2: ['Canceled', { 4: 'Canceled' }],
      3: ['Scheduled', { 5: 'Busy', 6: 'Out of Office' }],
    }),
    ...activity('Appointment'),
  },
}
