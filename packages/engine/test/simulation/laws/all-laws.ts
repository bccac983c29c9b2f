import { agreement, nobodyForgotten } from './agreement.ts'
import { consentAgrees, consentNeverRelaxed } from './consent.ts'
import { oneCreate } from './creates.ts'
import { deletesDeclared } from './deletes.ts'
import { oneWay } from './directions.ts'
import { endedIsEnded } from './ended.ts'
import { guardsHold } from './guards.ts'
import type { Law } from './law.ts'
import { withinLimits } from './limits.ts'
import { nobodyTwice } from './nobody-twice.ts'
import { nothingInvented } from './nothing-invented.ts'
import { nothingLost } from './nothing-lost.ts'
import { nothingMissed } from './nothing-missed.ts'
import { nothingTakenBack } from './nothing-taken-back.ts'
import { shownOnItsContact, writtenOnlyToChange } from './records.ts'
import { relationsAgree } from './relations.ts'
import { oneRunASlot } from './schedule.ts'
import { offIsOff } from './switches.ts'
import { tagsAreMarks } from './tags.ts'
import { strangersKeptOut } from './webhooks.ts'

/** The laws by their names in the header of the test. */
export const laws = {
  'it comes to rest': ({ lastPlan, surprises }) =>
    lastPlan === undefined && surprises.length === 0 ? ['There is always one more action to do.'] : [],
  'no surprises': ({ surprises }) => surprises,
  'nothing missed': nothingMissed,
  agreement,
  'relations agree': relationsAgree,
  'shown on its contact': shownOnItsContact,
  'nobody forgotten': nobodyForgotten,
  'nothing lost': nothingLost,
  'nothing taken back': nothingTakenBack,
  'nothing invented': nothingInvented,
  'one create': oneCreate,
  'nobody twice': nobodyTwice,
  'within limits': withinLimits,
  'consent never relaxed': consentNeverRelaxed,
  'consent agrees': consentAgrees,
  'written only to change': writtenOnlyToChange,
  'deletes declared': deletesDeclared,
  'one way': oneWay,
  'tags are marks': tagsAreMarks,
  'guards hold': guardsHold,
  'one run a slot': oneRunASlot,
  'ended is ended': endedIsEnded,
  'off is off': offIsOff,
  'strangers kept out': strangersKeptOut,
} as const satisfies Readonly<Record<string, Law>>

export type LawName = keyof typeof laws
