import type { Answer } from '../../shared/exchange.ts'
import { type Call, odataAnswer } from '../call.ts'

/** An unbound function or action. */
export interface Operation {
  readonly method: 'GET' | 'POST'
  readonly run: (call: Call) => Answer
}

const whoAmI: Operation = {
  method: 'GET',
  run: (call) =>
    odataAnswer(call, 200, {
      '@odata.context': `${call.root}/$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse`,
      BusinessUnitId: call.caller.businessUnitId,
      UserId: call.caller.userId,
      OrganizationId: call.environment.ids.organization,
    }),
}

/** Unbound functions and actions by their names in lower case: the router of the service does not look at case. */
export const unboundOperations: ReadonlyMap<string, Operation> = new Map([['whoami', whoAmI]])
