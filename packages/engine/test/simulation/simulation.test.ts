/**
 * The whole thing, simulated: the real engine, the real clients and the real executors against both simulators, on a virtual
 * clock, from one seed. People and other programs change both sides between runs and while they run; requests, the store
 * and the process fail; then the world quiets, and these laws hold:
 *
 *  - it comes to rest: in a few runs nothing is left to do, and the next plan is empty
 *  - no surprises: a run ends with a report, an error of a service or of the store, a lost lease or a kill; with nothing else,
 *    and a worker whose lease was taken writes nothing into the journal any more
 *  - nothing missed: where ordinary runs find nothing more to do, a full reading finds nothing either, but for what
 *    tells nobody: who subscribed in ActiveCampaign or took a tag off, who changed a record of the custom object or an account there
 *  - agreement: both sides agree on every mapped field that is not held, skipped or left alone by a blank policy
 *  - relations agree: a person is in the same account on both sides, as far as that is not held or left alone
 *  - shown on its contact: the record of an opportunity is shown on the contact of its person
 *  - nobody forgotten: a row that takes part has its contact, account or record, or the last plan says why not
 *  - nothing lost: a value that people set and the sync replaced was in sync, or the journal names the policy that overruled it
 *  - nothing taken back: a value that people set and the sync brought over it replaces only by one that the other end holds then
 *  - nothing invented: what the sync writes, the other end holds or held
 *  - one create: at most one for each source record
 *  - nobody twice: no row is made for an address that D365 had when the host asked, or the webhook came
 *  - within limits: no service ever refuses a call for its pace; no second has six calls to ActiveCampaign
 *  - consent never relaxed: nobody is subscribed, and `donotbulkemail` never cleared
 *  - consent agrees: who opted out in D365 is subscribed nowhere, who left all lists has `donotbulkemail` set
 *  - written only to change: no record of the custom object is written as it was
 *  - deletes declared: no delete and no deactivation without a policy that says so
 *  - one way: a table that flows one way is written on its other side only, but for consent
 *  - tags are marks: no tag is taken off, none put on but the marks of ActiveCampaign's own app, where the definition says so
 *  - guards hold: no run does more than its guards allow, and what they stop as a whole writes nothing
 *  - one run a slot: where the host keeps a schedule, what was missed is caught up by one run, and never are there two at a time
 *  - ended is ended: once the host has its answer, or its error, no call of what it asked for is made any more
 *  - off is off: while the sync is switched off no run begins and no webhook is followed, and a run that went on stops
 *  - strangers kept out: a webhook without the secret is refused and asks nothing of the sync; any other is answered with 2xx
 *  - deterministic: the same seed goes the same way twice, request by request
 *
 * The laws look at both services as they are inside the simulators, at what went over the wire, and at the journal.
 * They never ask what the sync believes of a record. docs/proof.md says what is simulated and what is not proven.
 */
import { describe, expect, test } from 'vitest'
import { createCoverage } from './coverage.ts'
import { historyOf } from './history.ts'
import { judge, report } from './judge.ts'

const usualHistories = 200
const histories = Math.ceil(usualHistories * Number(process.env.DYNACAMP_RUNS ?? 1))
const firstSeed = Number(process.env.DYNACAMP_SEED ?? 1)
const coverage = createCoverage()

/** A minute and a half on a quiet machine; a busy one may take its time, and more histories than usual end when they are done (0). */
const patienceMs = histories > usualHistories ? 0 : 1_800_000

describe('histories', () => {
  test('keep the laws', { timeout: patienceMs }, async () => {
    for (let seed = firstSeed; seed < firstSeed + histories; seed += 1) {
      const history = historyOf(seed)
      const { played, breaches } = await judge(history)
      coverage.add(played)
      if (breaches.length > 0) throw new Error(await report(seed, history, breaches))
    }
    process.stdout.write(
      `${histories} histories from seed ${firstSeed}, each played twice:\n${coverage.text()}\n`,
    )
  })

  test.runIf(histories >= usualHistories)('come by everything that can happen', () => {
    expect(coverage.missing()).toEqual([])
  })
})
