import type { SimulatorRequest } from '../../shared/exchange.ts'
import { bareCall } from '../core/call.ts'
import { ok, type Reply } from '../core/reply.ts'
import type { Store } from '../core/store.ts'
import { runAction } from './actions.ts'
import { failed } from './v1-call.ts'

/** Answers a call of the old API: always 200, always JSON here, whatever went wrong. */
export function answerV1(store: Store, apiKey: string, request: SimulatorRequest): Reply {
  const { searchParams } = request.url
  const params = new URLSearchParams([...new URLSearchParams(request.body), ...searchParams])
  const key = request.headers.get('api-token') ?? searchParams.get('api_key') ?? params.get('api_key')
  if (key !== apiKey) {
    return ok({ ...failed('You are not authorized to access this file'), result_output: 'json' })
  }
  return ok(runAction({ store, params, inner: bareCall(store) }, params.get('api_action') ?? ''))
}
