import { activity, dateTime, guid, integer, lookup, money, states, text } from '../columns.ts'
import type { TableDefinition } from '../table.ts'

export const opportunityClose: TableDefinition = {
  schemaName: 'OpportunityClose',
  entitySetName: 'opportunitycloses',
  primaryName: 'subject',
  objectTypeCode: 4208,
  label: 'Opportunity Close',
  pluralLabel: 'Opportunity Close',
  activity: true,
  columns: {
    ActualRevenue: money('Actual Revenue', -922_337_203_685_477, 922_337_203_685_477),
    CompetitorId: lookup('Competitor', { competitor: 'competitor_opportunityclose_competitorid' }),
    CreatedByExternalParty: guid('Created By (External Party)'),
    LastOnHoldTime: dateTime('Last On Hold Time'),
    ModifiedByExternalParty: guid('Modified By (External Party)'),
    OnHoldTime: integer('On Hold Time (Minutes)', -2_147_483_648, 2_147_483_647),
    OpportunityId: lookup(
      'Opportunity',
      { opportunity: 'opportunity_opportunityclose_opportunityid' },
      { required: 'ApplicationRequired' },
    ),
    ProcessId: guid('Process'),
    SLAId: lookup('SLA', { sla: 'sla_opportunityclose_slaid' }),
    SLAInvokedId: lookup('Last SLA applied', { sla: 'sla_opportunityclose_slainvokedid' }),
    StageId: guid('Process Stage'),
    TraversedPath: text('Traversed Path', 1250),
    ...states({
      0: ['Open', { 1: 'Open' }],
      1: ['Completed', { 2: 'Completed' }],
      2: ['Canceled', { 3: 'Canceled' }],
    }),
    ...activity('OpportunityClose'),
  },
}
