import { createHash } from 'node:crypto'
import type { SimulatorClock } from '../../shared/clock.ts'
import type { Happening } from '../activity/happening.ts'
import type { ActiveCampaignBehaviour } from '../behaviour.ts'
import type { Mail } from '../campaigns/sent-mail.ts'
import type { Contact } from '../contacts/contact.ts'
import { centralIso, centralStamp, nanoIso } from './central-time.ts'
import type { JsonObject } from './json.ts'
import { Table } from './table.ts'
import { createTables, type Tables } from './tables.ts'

/**
 * Who makes a change, in the words of webhooks: the contact (`public`), a user, an API call, an automation (`system`).
 *
 * @example
 * ```ts
 * const source: WebhookSource = 'public'
 * ```
 */
export type Source = 'public' | 'admin' | 'api' | 'system'

/** A change as webhooks learn of it. */
export interface Change {
  readonly type: string
  readonly contact?: string
  readonly list?: string
  /** Blocks of the payload besides the contact: `tag`, `note`, `account`, `deal`. */
  readonly blocks?: JsonObject
}

interface Job {
  readonly atMs: number
  readonly run: () => void
}

/** One ActiveCampaign account: its rows, its clock, its switches. */
export class Store {
  readonly behaviour: ActiveCampaignBehaviour
  readonly contacts = new Table<Contact>({ email: (contact) => contact.email.toLowerCase() })
  readonly tables: Tables = createTables()
  /** What happened to each contact, oldest first. */
  readonly happenings = new Map<string, Happening[]>()
  /** How many of a contact's happenings its feed shows: those there were when the contact was last read. */
  readonly feedLength = new Map<string, number>()
  /** Mails that really went out, oldest first. */
  readonly mails: Mail[] = []
  /** What links in answers begin with; it follows the address a request came in by. */
  origin: string
  /** Who is at work: API calls unless something else says so. */
  source: Source = 'api'
  /** Sends a request out into the world, once, and tells the status it got. */
  send: (request: Request, answered: (status: number) => void) => void = () => undefined
  onChange: (change: Change, source: Source) => void = () => undefined
  readonly #clock: SimulatorClock
  readonly #seed: number
  readonly #jobs: Job[] = []
  #jobTimeMs: number | undefined
  #drawn = 0
  #happened = 0
  #silences = 0

  constructor(options: {
    readonly clock: SimulatorClock
    readonly seed: number
    readonly origin: string
    readonly behaviour: ActiveCampaignBehaviour
  }) {
    this.#clock = options.clock
    this.#seed = options.seed
    this.origin = options.origin
    this.behaviour = options.behaviour
  }

  now(): number {
    return this.#jobTimeMs ?? this.#clock.now()
  }

  iso(): string {
    return centralIso(this.now())
  }

  stamp(): string {
    return centralStamp(this.now())
  }

  /** Custom objects alone write true UTC. */
  nano(): string {
    return nanoIso(this.now())
  }

  /** 32 hexadecimal digits that depend on the seed and on how many were drawn before. */
  hex(): string {
    this.#drawn += 1
    return createHash('md5')
      .update(`${String(this.#seed)}:${String(this.#drawn)}`)
      .digest('hex')
  }

  uuid(): string {
    const hex = this.hex()
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
  }

  nextHappening(): string {
    this.#happened += 1
    return String(this.#happened)
  }

  /** A number from 0 to 1 that depends on the seed and the name alone. */
  dice(name: string): number {
    const hex = createHash('md5')
      .update(`${String(this.#seed)}:${name}`)
      .digest('hex')
    return Number.parseInt(hex.slice(0, 8), 16) / 0x1_00_00_00_00
  }

  /** Tells webhooks of a change, unless it is part of something that fires none. */
  emit(change: Change): void {
    if (this.#silences === 0) this.onChange(change, this.source)
  }

  /** Runs `work` without webhooks: imports and other mass operations fire none. */
  silently(work: () => void): void {
    this.#silences += 1
    try {
      work()
    } finally {
      this.#silences -= 1
    }
  }

  /** Runs `work` as somebody other than an API call. */
  as<Result>(source: Source, work: () => Result): Result {
    const before = this.source
    this.source = source
    try {
      return work()
    } finally {
      this.source = before
    }
  }

  /** Something the service does later by itself. It is done when the account is next looked at after that time. */
  later(afterMs: number, run: () => void): void {
    this.#jobs.push({ atMs: this.now() + afterMs, run })
    this.#jobs.sort((a, b) => a.atMs - b.atMs)
  }

  /** As `later`, and at that time even when nobody looks: for work that somebody outside waits to hear of. */
  async promptly(afterMs: number, run: () => void): Promise<void> {
    this.later(afterMs, run)
    await this.#clock.sleep(afterMs)
    this.settle()
  }

  /** Does what has become due, each at its own time. */
  settle(): void {
    for (let job = this.#jobs[0]; job !== undefined && job.atMs <= this.#clock.now(); job = this.#jobs[0]) {
      this.#jobs.shift()
      this.#jobTimeMs = job.atMs
      try {
        job.run()
      } finally {
        this.#jobTimeMs = undefined
      }
    }
  }
}
