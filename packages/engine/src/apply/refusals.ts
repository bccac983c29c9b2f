import type { Action, ActionKind } from '@dynacamp/core'
import type { CompiledDefinition, CompiledEntity } from '@dynacamp/mapping-dsl'
import type { Unread } from '../observe/unread.ts'
import type { Stale } from './outcome.ts'
import { fieldMissing, kindRefused, peopleUnread } from './stale.ts'

/** A kind of action that a service refuses for an entity, whatever the record. */
export interface Refusal {
  readonly entity: string
  readonly kind: string
  /** The service's own code where it has one. */
  readonly code: string
  readonly message: string
}

/** What a run leaves alone while the rest goes on. */
export interface Refusals {
  note(refusal: Refusal): void
  /** Why an action is not to be tried; undefined where it is. */
  of(action: Action): Stale | undefined
  readonly all: () => readonly Refusal[]
}

/** What must not be done about a person of whom another table, which cannot be read, may say more. */
const waitForPeople: readonly ActionKind[] = [
  'create-dynamics-record',
  'delete-active-campaign-contact',
  'resubscribe-active-campaign-contact',
]

const others: Readonly<Record<string, string>> = { contacts: 'leads', leads: 'contacts' }

/** @param missing - Custom fields of contacts that the definition looks at and ActiveCampaign does not have. */
export const openRefusals = (
  unread: Unread,
  { entities, sharedContact }: CompiledDefinition,
  missing: ReadonlySet<string> = new Set(),
): Refusals => {
  const found = new Map<string, Refusal>()
  const keyOf = ({ entity, kind }: Pick<Refusal, 'entity' | 'kind'>): string => `${entity} ${kind}`
  const lacksField = ({ kind, changes }: Action): boolean =>
    (kind === 'create-active-campaign-contact' || kind === 'update-active-campaign-contact') &&
    changes.some(({ field }) => missing.has(field))
  const isUntold = ({ createInDynamics, inboundScope }: CompiledEntity): boolean =>
    createInDynamics === 'all' && inboundScope.fields.some((field) => missing.has(field))
  const speaks = sharedContact === 'contact' ? 'contacts' : 'leads'
  // Who may become a row cannot be told without the fields that say so; nor, of whom the table that speaks for people may make one.
  const isAskedInVain = ({ kind, entity }: Action): boolean =>
    kind === 'create-dynamics-record' &&
    others[entity] !== undefined &&
    entities.some((table) => [entity, speaks].includes(table.entity) && isUntold(table))
  return {
    note(refusal) {
      found.set(keyOf(refusal), refusal)
    },
    of(action) {
      if (found.has(keyOf(action))) return kindRefused
      if (missing.size > 0 && (lacksField(action) || isAskedInVain(action))) return fieldMissing
      const isKnownInPart = unread.has(others[action.entity] ?? '')
      return isKnownInPart && waitForPeople.includes(action.kind) ? peopleUnread : undefined
    },
    all: () => [...found.values()],
  }
}
