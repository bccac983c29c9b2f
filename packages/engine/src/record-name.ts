import type { RecordName } from './state/kinds.ts'

/** A GUID as people copy it out of D365: in capitals, or in braces. */
const guid = /^\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?$/i

/** An id as the services answer with it, and as the state has it: GUIDs in small letters, without braces. */
export const plainId = (id: string): string => guid.exec(id.trim())?.[1]?.toLowerCase() ?? id.trim()

/** A record as somebody from outside names it; of other objects, only what names it. */
export const plainName = ({ side, entity, id }: RecordName): RecordName => ({ side, entity, id: plainId(id) })
