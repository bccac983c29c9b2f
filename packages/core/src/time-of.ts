import { parseISO } from 'date-fns/parseISO'

/** Epoch milliseconds of an ISO 8601 instant; NaN when there is none. */
export const timeOf = (instant: string | undefined): number =>
  instant === undefined ? Number.NaN : parseISO(instant).getTime()
