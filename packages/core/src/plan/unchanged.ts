import type { Fields } from '@dynacamp/mapping-dsl'
import { type Base, unsubscribedBySync } from '../model/link.ts'
import type { Pair } from './pair.ts'

/**
 * In which order the bases of a batch hold their fields: learned from a pair in which every mapped field was found in the base
 * and unchanged. Bases come from one store, so nearly all of them have the same order.
 */
export interface BaseOrder {
  dynamics: readonly string[] | undefined
  activeCampaign: readonly string[] | undefined
}

export const unknownOrder = (): BaseOrder => ({ dynamics: undefined, activeCampaign: undefined })

export const learnOrder = (order: BaseOrder, base: Base): void => {
  // Few bases have it, and those of all others are in another order.
  if (unsubscribedBySync in base.activeCampaign) return
  order.dynamics = Object.keys(base.dynamics)
  order.activeCampaign = Object.keys(base.activeCampaign)
}

/** The same fields in the same order, with the very same values. */
const isSame = (names: readonly string[] | undefined, is: Fields, was: Fields): boolean => {
  if (names === undefined) return false
  let index = 0
  // An engine reads the properties of a `for in` by their position; by name, in turn, it takes several times as long.
  for (const name in was) {
    if (name !== names[index] || is[name] !== was[name]) return false
    index += 1
  }
  return index === names.length
}

/** On which sides of a pair it is plain at a glance that nothing changed. */
export interface Glance {
  readonly dynamics: boolean
  readonly activeCampaign: boolean
}

/**
 * Looks at both sides of a pair. `false` says nothing: values that are written differently may still be the same. Nearly all pairs
 * of nearly all runs end here.
 */
export const glanceAt = (order: BaseOrder, { dynamics, activeCampaign }: Pair, base: Base): Glance => ({
  dynamics: isSame(order.dynamics, dynamics.fields, base.dynamics),
  activeCampaign: isSame(order.activeCampaign, activeCampaign.fields, base.activeCampaign),
})

/** Nothing is plain. */
export const noGlance: Glance = Object.freeze({ dynamics: false, activeCampaign: false })
