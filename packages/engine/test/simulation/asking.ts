import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * On whose behalf something is done: the place in the diary at which the host asked for it; null for a webhook. It follows the work
 * wherever that goes, beside what else the same worker does, and after the host has its answer.
 */
export const asking = new AsyncLocalStorage<number | null>()
