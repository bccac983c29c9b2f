import type { Clock } from '@dynacamp/http'

type Fetch = (request: Request) => Promise<Response>

/** A process that ends in the middle of its work. */
export interface Mortal {
  readonly clock: Clock
  /** Lets a service's requests through until the end has come. */
  readonly through: (fetch: Fetch) => Fetch
  /** Resolves at the end with the request whose answer was lost: `POST /api/3/contacts`. */
  readonly died: Promise<string>
}

const never = <Value>(): Promise<Value> => new Promise(() => undefined)

/** Whether a request writes: all but reads and the sign-in. */
export const isWrite = ({ method, url }: Request): boolean =>
  method !== 'GET' && !new URL(url).pathname.endsWith('/token')

/**
 * What a process sees that is killed as soon as its write of this number has taken effect: the answer is lost, no other one
 * arrives, and no pause of its ends, so that it can neither tidy up nor renew its lease.
 */
export const createMortal = (clock: Clock, lastWrite: number): Mortal => {
  let writes = 0
  let dead = false
  let die = (_: string): void => undefined
  const died = new Promise<string>((resolve) => {
    die = resolve
  })

  return {
    died,
    clock: {
      now: () => clock.now(),
      sleep: async (ms, signal) => {
        if (dead) return never()
        await clock.sleep(ms, signal)
        return dead ? never() : undefined
      },
    },
    through: (fetch) => async (request) => {
      if (dead) return never()
      if (isWrite(request)) writes += 1
      const last = isWrite(request) && writes === lastWrite
      const response = await fetch(request)
      if (last && !dead) {
        dead = true
        die(`${request.method} ${new URL(request.url).pathname}`)
      }
      return dead ? never() : response
    },
  }
}
