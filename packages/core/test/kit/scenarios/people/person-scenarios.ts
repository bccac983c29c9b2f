import type { Scenario } from '../scenario.ts'
import { creation } from './creation.ts'
import { deletes } from './deletes.ts'
import { emailChanges } from './email-changes.ts'
import { emailsEmptied } from './emails-emptied.ts'
import { emailsPassedOn } from './emails-passed-on.ts'
import { leavingTheScope } from './leaving-the-scope.ts'
import { matching } from './matching.ts'
import { matchingByLaterRules } from './matching-by-later-rules.ts'
import { merges } from './merges.ts'
import { optingOut } from './opting-out.ts'
import { unreadable } from './unreadable.ts'
import { vendorTags } from './vendor-tags.ts'

export const personScenarios: readonly Scenario[] = [
  ...matching,
  ...matchingByLaterRules,
  ...emailChanges,
  ...emailsPassedOn,
  ...emailsEmptied,
  ...merges,
  ...creation,
  ...vendorTags,
  ...leavingTheScope,
  ...deletes,
  ...optingOut,
  ...unreadable,
]
