import type { Execution } from '../outcome.ts'

/** No call: the records stay as they are and no longer follow each other. */
export const unlinkRecords = async (): Promise<Execution> => ({
  status: 'done',
  records: [],
  link: 'removed',
})
