import { boolean, choice, dateTime, double, integer, lookup, primaryId, text } from '../columns.ts'
import type { TableDefinition } from '../table.ts'

export const activityParty: TableDefinition = {
  schemaName: 'ActivityParty',
  entitySetName: 'activityparties',
  primaryName: 'partyidname',
  objectTypeCode: 135,
  label: 'Activity Party',
  pluralLabel: 'Activity Parties',
  ownership: 'None',
  columns: {
    ActivityPartyId: primaryId('Activity Party'),
    ActivityId: lookup(
      'Activity',
      {
        email: 'email_activity_parties',
        phonecall: 'phonecall_activity_parties',
        appointment: 'appointment_activity_parties',
      },
      { required: 'SystemRequired' },
    ),
    AddressUsed: text('Address ', 200),
    AddressUsedEmailColumnNumber: integer('Email column number of party', 1, 2_147_483_647),
    DoNotEMail: boolean('Do not allow Emails'),
    DoNotFax: boolean('Do not allow Faxes'),
    DoNotPhone: boolean('Do not allow Phone Calls'),
    DoNotPostalMail: boolean('Do not allow Postal Mails'),
    Effort: double('Effort', 0, 1_000_000_000),
    ExchangeEntryId: text('Exchange Entry', 1024),
    InstanceTypeCode: choice(
      'Appointment Type',
      {
        0: 'Not Recurring',
        1: 'Recurring Master',
        2: 'Recurring Instance',
        3: 'Recurring Exception',
        4: 'Recurring Future Exception',
      },
      { required: 'SystemRequired' },
    ),
    IsPartyDeleted: boolean('Is Party Deleted', { required: 'SystemRequired' }),
    ParticipationTypeMask: choice(
      'Participation Type',
      {
        1: 'Sender',
        2: 'To Recipient',
        3: 'CC Recipient',
        4: 'BCC Recipient',
        5: 'Required attendee',
        6: 'Optional attendee',
        7: 'Organizer',
        8: 'Regarding',
        9: 'Owner',
        10: 'Resource',
        11: 'Customer',
      },
      { required: 'SystemRequired' },
    ),
    PartyId: lookup('Party', {
      account: 'account_activity_parties',
      contact: 'contact_activity_parties',
      lead: 'lead_activity_parties',
      systemuser: 'systemuser_activity_parties',
    }),
    ScheduledEnd: dateTime('Scheduled End'),
    ScheduledStart: dateTime('Scheduled Start'),
  },
}
