import type { ActiveCampaignSimulator } from '../activecampaign/activecampaign-simulator.ts'
import { inferFields } from './infer-fields.ts'
import type { ActiveCampaignData } from './rows.ts'

/** The simulators to fill. */
export interface LoadTargets {
  readonly activeCampaign?: ActiveCampaignSimulator
}

/**
 * Fills simulators with the rows of data files or of the sample. Fields that the rows have and the account
 * lacks become custom ones, of a type found out from their values.
 *
 * @example
 * ```ts
 * import { createActiveCampaignSimulator, loadInto, sampleData } from '@dynacamp/simulators'
 *
 * const activeCampaign = createActiveCampaignSimulator()
 * loadInto({ activeCampaign }, sampleData())
 * ```
 */
export function loadInto(
  { activeCampaign }: LoadTargets,
  data: { readonly activeCampaign: ActiveCampaignData },
): void {
  const { fields } = data.activeCampaign
  activeCampaign?.load({ ...data.activeCampaign, fields: [...fields, ...inferFields(data.activeCampaign)] })
}
