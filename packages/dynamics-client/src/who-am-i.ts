import * as z from 'zod'
import type { CallOptions } from './prepared-request.ts'
import { decodeBody, type Transport } from './transport.ts'

/** Who the credentials belong to. Lower-case GUIDs. */
export interface Identity {
  /** The system user: rows changed by this client carry it in `_modifiedby_value`. */
  readonly userId: string
  readonly businessUnitId: string
  readonly organizationId: string
}

const id = z.guid().toLowerCase()
const whoAmIAnswer = z.looseObject({ UserId: id, BusinessUnitId: id, OrganizationId: id })

export const whoAmI = async (transport: Transport, options: CallOptions): Promise<Identity> => {
  const answer = await transport.send({ operation: 'whoAmI', method: 'GET', path: 'WhoAmI' }, options)
  const { UserId, BusinessUnitId, OrganizationId } = decodeBody(answer, whoAmIAnswer)
  return { userId: UserId, businessUnitId: BusinessUnitId, organizationId: OrganizationId }
}
