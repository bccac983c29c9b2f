import type { Subject } from '../model/outcome.ts'
import type { BatchContext } from './batch-context.ts'
import { holdRecord } from './hold-field.ts'
import { enterNeed } from './ledger.ts'

/** Ways out where several records share one key. */
export const sharedKeyAdvice: readonly string[] = [
  'Merge the records that are one person.',
  'Give each person an address of their own.',
  'Narrow the scope so that only one of them is in it.',
]

/** Holds a record until somebody has looked who else has its key, and asks for that. */
export const holdForHolders = ({ ledger, entity }: BatchContext, subject: Subject, key: string): void => {
  enterNeed(ledger, { kind: 'key-holders', entity: entity.entity, key })
  holdRecord(ledger, subject, 'not-known-yet', {
    message: 'Nobody has looked yet who else has this key.',
    resolve: ['Look it up and plan again.'],
  })
}
