import type { FieldValue } from '@dynacamp/mapping-dsl'
import { type Action, assertNever } from '../actions/action.ts'
import type { SetActiveCampaignAccount } from '../actions/set-active-campaign-account.ts'
import { contactRelationship } from '../model/custom-object.ts'
import type { FieldChange } from '../model/field-change.ts'
import type { Conflict, Hold, Need } from '../model/outcome.ts'
import type { Plan } from '../model/plan.ts'
import { escapeText } from './escape.ts'

/** What stands for the value of a sensitive field. */
const mask = '(sensitive)'

/** What stands where there is no value; the two services say so in different ways. */
const blank = '(blank)'

/** A value as JSON shows it, escaped; masked where it is sensitive. */
export const showValue = (value: FieldValue, sensitive: boolean): string =>
  value === null || value === '' ? blank : sensitive ? mask : escapeText(JSON.stringify(value))

/** What a change makes of a field. The id of a record that the same plan makes is not known yet. */
export const showAfter = ({ kind }: Action, { field, after, sensitive }: FieldChange): string => {
  const isReference =
    kind === 'set-active-campaign-account' ||
    ((kind === 'create-active-campaign-record' || kind === 'update-active-campaign-record') &&
      field === contactRelationship)
  return isReference && after === null ? '(made by this plan)' : showValue(after, sensitive)
}

/** `+` creates, `~` changes, `-` removes, `=` only remembers. */
export const symbolOf = (action: Action): '+' | '~' | '-' | '=' => {
  switch (action.kind) {
    case 'create-active-campaign-contact':
    case 'create-active-campaign-account':
    case 'create-dynamics-record':
    case 'create-custom-object':
    case 'create-active-campaign-record':
      return '+'
    case 'update-active-campaign-contact':
    case 'update-active-campaign-account':
    case 'set-active-campaign-account':
    case 'update-dynamics-record':
    case 'unsubscribe-active-campaign-contact':
    case 'resubscribe-active-campaign-contact':
    case 'add-active-campaign-tags':
    case 'deactivate-dynamics-record':
    case 'extend-custom-object':
    case 'update-active-campaign-record':
      return '~'
    case 'unlink-records':
    case 'delete-active-campaign-contact':
    case 'delete-active-campaign-account':
    case 'delete-dynamics-record':
      return '-'
    case 'link-records':
    case 'move-link':
      return '='
    default:
      return assertNever(action)
  }
}

/** `1 record`, `2 records`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`

const accountVerb = ({ account, changes }: SetActiveCampaignAccount): string => {
  if (account === null) return 'take the contact out of its account in ActiveCampaign'
  if (changes.some(({ sensitive }) => sensitive))
    return `put the contact into an account ${mask} in ActiveCampaign`
  const { title, activeCampaignId, dynamicsId } = account
  return `put the contact into the account ${escapeText(title ?? activeCampaignId ?? dynamicsId ?? '')} in ActiveCampaign`
}

/** What an action does, in a few words. */
export const verbOf = (action: Action): string => {
  switch (action.kind) {
    case 'create-active-campaign-contact':
      return 'create the contact in ActiveCampaign'
    case 'create-dynamics-record':
      return 'create the row in Dynamics 365'
    case 'update-active-campaign-contact':
      return 'change the contact in ActiveCampaign'
    case 'create-active-campaign-account':
      return 'create the account in ActiveCampaign'
    case 'update-active-campaign-account':
      return 'change the account in ActiveCampaign'
    case 'delete-active-campaign-account':
      return 'DELETE the account in ActiveCampaign'
    case 'set-active-campaign-account':
      return accountVerb(action)
    case 'update-dynamics-record':
      return 'change the row in Dynamics 365'
    case 'unlink-records':
      return 'forget the link'
    case 'unsubscribe-active-campaign-contact':
      return `unsubscribe from ${counted(action.lists.length, 'list')} in ActiveCampaign`
    case 'resubscribe-active-campaign-contact':
      return `subscribe to ${counted(action.lists.length, 'list')} in ActiveCampaign again`
    case 'deactivate-dynamics-record':
      return action.entity === 'leads'
        ? 'disqualify the lead in Dynamics 365'
        : 'set the row inactive in Dynamics 365'
    case 'delete-active-campaign-contact':
      return 'DELETE the contact in ActiveCampaign'
    case 'delete-dynamics-record':
      return 'DELETE the row in Dynamics 365'
    case 'create-custom-object':
      return `make the custom object ${escapeText(action.object)} in ActiveCampaign`
    case 'extend-custom-object':
      return `add to the custom object ${escapeText(action.object)} in ActiveCampaign`
    case 'create-active-campaign-record':
      return 'create the record in ActiveCampaign'
    case 'update-active-campaign-record':
      return 'change the record in ActiveCampaign'
    case 'link-records':
      return 'remember as in sync'
    case 'move-link':
      return 'take the link over'
    case 'add-active-campaign-tags':
      return `tag as ${escapeText(action.tags.join(', '))} in ActiveCampaign`
    default:
      return assertNever(action)
  }
}

/** What a held field and its conflict have in common. */
export const disputeOf = ({ entity, dynamicsId, field }: Hold | Conflict): string =>
  `${entity}:${dynamicsId}:${field}`

/** Who won a conflict. */
export const winnerOf = ({ winner }: Conflict): string =>
  winner === 'held' ? 'held' : winner === 'dynamics' ? 'Dynamics 365 wins' : 'ActiveCampaign wins'

const sideName = (side: 'dynamics' | 'activeCampaign'): string =>
  side === 'dynamics' ? 'Dynamics 365' : 'ActiveCampaign'

/** What has to be looked up before all can be decided, in a few words. A key is a record's own value, and is not told. */
export const needSentence = (need: Need): string => {
  switch (need.kind) {
    case 'key-holders':
      return `who else has the key by which a record of ${need.entity} is matched`
    case 'dynamics-row':
      return `the row ${escapeText(need.id)} of ${need.entity} in Dynamics 365`
    case 'active-campaign-contact':
      return `the record ${escapeText(need.id)} of ${need.entity} in ActiveCampaign`
    case 'active-campaign-tags':
      return `the tags of contact ${escapeText(need.id)} in ActiveCampaign`
    case 'active-campaign-lists':
      return `the lists of contact ${escapeText(need.id)} in ActiveCampaign, and with them whether to unsubscribe`
    case 'reference':
      return `what ${escapeText(need.id)} of ${need.entity} in ${sideName(need.side)} is on the other side`
    default:
      return assertNever(need)
  }
}

/** What a plan does not know yet, a sentence each with how many times it is asked. */
export const needsOf = ({ needs }: Plan): readonly string[] =>
  [...Map.groupBy(needs, needSentence)].map(([sentence, { length }]) =>
    length === 1 ? sentence : `${length} × ${sentence}`,
  )

/** Whether the rule behind an action has to be told beside its changes: those of an update have their own. */
export const needsBecause = (action: Action): boolean =>
  symbolOf(action) !== '~' || action.changes.length === 0
