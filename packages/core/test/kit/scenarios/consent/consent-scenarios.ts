import type { Scenario } from '../scenario.ts'
import { chosenLists } from './chosen-lists.ts'
import { newRows } from './new-rows.ts'
import { resubscribed } from './resubscribing.ts'
import { rowsBeside } from './rows-beside.ts'
import { unsubscribedBySync } from './unsubscribed-by-sync.ts'

export const consentScenarios: readonly Scenario[] = [
  ...chosenLists,
  ...unsubscribedBySync,
  ...resubscribed,
  ...rowsBeside,
  ...newRows,
].map((row) => ({ topic: 'Opting out', ...row }))
