import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import type fc from 'fast-check'
import {
  type Action,
  type Candidates,
  invertPlan,
  isDeleted,
  type Plan,
  type PlanInput,
  planBatch,
  type RecordInput,
} from '../../src/index.ts'
import { companyHistory } from './company-history.ts'
import { type History, history } from './history.ts'
import { keepsLaws, overwritesNothing, type Planner, restores } from './keep-laws.ts'
import { leadHistory } from './lead-history.ts'

/** A mistake that is built in on purpose, and what is there to notice it. */
interface Defect {
  /** What the failure names: the law, or the model, that must notice; where two may, either. */
  readonly noticedBy: RegExp
  readonly histories: fc.Arbitrary<History>
  readonly law: (history: History) => void
}

const planOf =
  (change: (input: PlanInput) => PlanInput): Planner =>
  (input) =>
    planBatch(change(input))

const planned =
  (change: (plan: Plan) => Plan): Planner =>
  (input) =>
    change(planBatch(input))

const withActions = (change: (action: Action) => Action): Planner =>
  planned((plan) => ({ ...plan, actions: plan.actions.map(change) }))

const withEntity = (change: (entity: CompiledEntity) => Partial<CompiledEntity>): Planner =>
  planOf((input) => ({
    ...input,
    definition: {
      ...input.definition,
      entities: input.definition.entities.map((entity) => ({ ...entity, ...change(entity) })),
    },
  }))

const withRecords = (change: (record: RecordInput) => RecordInput): Planner =>
  planOf((input) => ({ ...input, records: input.records.map(change) }))

const forgotten = ({ link: _, ...record }: RecordInput): RecordInput => record

const isGone = ({ activeCampaign }: RecordInput): boolean =>
  activeCampaign !== undefined && isDeleted(activeCampaign)

const withoutLinksToNobody = (candidates: Candidates): Candidates =>
  Object.fromEntries(
    Object.entries(candidates).map(([key, holders]) => [
      key,
      {
        ...holders,
        dynamics: holders.dynamics.map(({ link, ...row }) =>
          row.contactGone === true || link === undefined ? row : { ...row, link },
        ),
      },
    ]),
  )

const nothing = { dynamics: {}, activeCampaign: {} }

const inLaws = (noticedBy: RegExp, planner: Planner, histories = history): Defect => ({
  ...{ noticedBy, histories },
  law: keepsLaws(planner),
})

/** At least one for each law of laws.test.ts, by what the planner does wrong. */
export const defects: Readonly<Record<string, Defect>> = {
  'remembers no update, so that it never ends': inLaws(
    /rounds/,
    withActions((action) => (action.kind.startsWith('update-') ? { ...action, settles: nothing } : action)),
  ),
  'does not look at a mapped field': inLaws(
    /expectAgreement/,
    withEntity(({ fields }) => ({ fields: fields.filter(({ dynamics }) => dynamics !== 'birthdate') })),
  ),
  'overrules somebody and does not say so': inLaws(
    /expectNothingLost|expectDeletesNamed/,
    planned((plan) => ({ ...plan, conflicts: [] })),
  ),
  'says that it overwrites a blank': inLaws(
    /expectBeforeIsTrue/,
    withActions((action) => ({
      ...action,
      changes: action.changes.map((change) => ({ ...change, before: null })),
    })),
  ),
  'makes a contact for somebody who has one': inLaws(
    /a second time/,
    planOf((input) => ({
      ...input,
      records: input.records.map((record) => {
        const { dynamics } = record
        return dynamics === undefined || isDeleted(dynamics) || isGone(record) ? record : { dynamics }
      }),
      candidates: Object.fromEntries(
        Object.keys(input.candidates).map((key) => [key, { dynamics: [], activeCampaign: [] }]),
      ),
    })),
  ),
  'deletes unasked': inLaws(
    /expectDeletesDeclared/,
    withEntity(() => ({ deleted: { inDynamics: 'delete', inActiveCampaign: 'delete' } })),
  ),
  'forgets a link whose contact was deleted': inLaws(
    /expectNothingComesBack/,
    planOf((input) => ({
      ...input,
      records: input.records.map((record) => (isGone(record) ? forgotten(record) : record)),
      candidates: withoutLinksToNobody(input.candidates),
    })),
  ),
  'looks at the order of the records': inLaws(/expectSameBytesInAnyOrder/, (input) => {
    const plan = planBatch(input)
    const [first] = input.records
    return { ...plan, id: `${plan.id} ${first?.dynamics?.id ?? first?.activeCampaign?.id}` }
  }),
  'writes into what it is given': inLaws(/not extensible/, (input) => {
    Object.assign(input.records, { seen: true })
    return planBatch(input)
  }),
  'takes its own writes for news': inLaws(
    /echo/,
    withRecords((record) => {
      const { link, dynamics } = record
      if (link === undefined || dynamics === undefined || isDeleted(dynamics)) return record
      return dynamics.modifiedOn?.startsWith('2027') === true
        ? { ...record, link: { ...link, base: nothing } }
        : record
    }),
  ),
  'takes a lost base for a first sync': {
    noticedBy: /overwritten/,
    histories: history,
    law: overwritesNothing(
      planOf((input) => ({ ...input, settings: { ...input.settings, firstLink: 'policy' } })),
    ),
  },
  'counts a record twice': inLaws(
    /expectEveryRecordCounted/,
    planned((plan) => ({ ...plan, counts: { ...plan.counts, unchanged: plan.counts.unchanged + 1 } })),
  ),
  'undoes all but one': {
    noticedBy: /brought back/,
    histories: history,
    law: restores((plan) => {
      const undo = invertPlan(plan)
      return { ...undo, actions: undo.actions.slice(1) }
    }),
  },
  'remembers an undo as if nothing had differed': {
    noticedBy: /written again/,
    histories: history,
    law: restores((plan) => {
      const undo = invertPlan(plan)
      return { ...undo, actions: undo.actions.map((action) => ({ ...action, settles: nothing })) }
    }),
  },
  'subscribes who opted out': inLaws(
    /expectConsentRespected/,
    withActions((action) =>
      action.kind === 'unsubscribe-active-campaign-contact'
        ? { ...action, kind: 'resubscribe-active-campaign-contact' }
        : action,
    ),
  ),
  'does not look at who opted out': inLaws(
    /expectConsentAgrees/,
    planOf((input) => ({
      ...input,
      definition: { ...input.definition, optOut: { ...input.definition.optOut, direction: 'off' } },
    })),
  ),
  'remembers what is not there': inLaws(
    /expectHonestBase/,
    withActions(({ settles, ...action }) => ({
      ...action,
      settles: {
        ...settles,
        activeCampaign: Object.fromEntries(
          Object.entries(settles.activeCampaign).map(([name]) => [name, 'something else']),
        ),
      },
    })),
  ),
  'links people to each other’s contacts': inLaws(
    /expectNoWrongPair/,
    planned((plan) => {
      const links = plan.actions.filter(({ kind }) => kind === 'link-records')
      const next = new Map(links.map(({ id }, n) => [id, links[(n + 1) % links.length]?.activeCampaignId]))
      return {
        ...plan,
        actions: plan.actions.map((action) =>
          action.kind === 'link-records'
            ? { ...action, activeCampaignId: next.get(action.id) ?? action.activeCampaignId }
            : action,
        ),
      }
    }),
  ),
  'tags where nobody asked for it': inLaws(
    /expectTagsDeclared/,
    planOf((input) => ({ ...input, definition: { ...input.definition, tags: { write: true } } })),
  ),
  'writes against the direction': inLaws(
    /expectDirectionKept/,
    withEntity(() => ({ direction: 'bidirectional', createInDynamics: 'all' })),
  ),
  'lets a lead and a contact both speak': inLaws(
    /rounds|expectOneLinkPerContact/,
    planOf((input) => ({
      ...input,
      definition: { ...input.definition, sharedContact: input.entity === 'leads' ? 'lead' : 'contact' },
    })),
    leadHistory,
  ),
  'does not look at companies': inLaws(
    /expectAgreement/,
    withEntity(() => ({ accountRelation: undefined })),
    companyHistory,
  ),
}

/** The planner of a campaign; with DYNACAMP_DEFECT, as the test of the campaigns themselves wants it, one that says of no conflict. */
export const plannerOfCampaign: Planner =
  process.env.DYNACAMP_DEFECT === 'says of no conflict'
    ? planned((plan) => ({ ...plan, conflicts: [] }))
    : planBatch
