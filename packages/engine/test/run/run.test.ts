import { defineSync, standardMappings } from '@dynacamp/mapping-dsl'
import { describe, expect, test } from 'vitest'
import { GuardTrippedError, type ProgressEvent, RunFailedError } from '../../src/index.ts'
import { emails, idOf, peopled, peopledLater } from '../support/peopled.ts'
import { schema, syncOnce } from '../support/world.ts'

describe('a run', () => {
  test('syncs everything, and the next one has nothing to do', async () => {
    const world = peopled(7)
    const report = await world.sync.run()
    expect(report).toMatchObject({ ending: 'completed', more: false, initial: true, error: null })
    expect(report.entities).toMatchObject({ contacts: { done: 7, stale: 0, failed: 0 } })
    expect(emails(world)).toHaveLength(7)
    const writes = world.activeCampaign.calls.total
    const again = await world.sync.run()
    expect(again).toMatchObject({ ending: 'completed', initial: false })
    expect(again.entities).toMatchObject({ contacts: { done: 0 } })
    expect(world.activeCampaign.calls.total - writes).toBe(again.calls.activeCampaign)
    expect(again.calls.activeCampaign).toBeLessThan(10)
  })

  test('goes batch by batch through more records than one batch holds', async () => {
    const world = peopled(700)
    const planned: ProgressEvent[] = []
    const onProgress = (event: ProgressEvent) => {
      if (event.step === 'plan') planned.push(event)
    }
    world.activeCampaign.faults.each({ kind: 'latency', ms: 2_000 }, { url: /bulk_import$/, method: 'POST' })
    const report = await world.sync.run({ onProgress })
    expect(report.entities).toMatchObject({ contacts: { done: 700 } })
    const [, first, second] = planned
    expect(first).toMatchObject({ done: 500, total: 700, leftMs: expect.any(Number) })
    expect(first?.leftMs).toBeGreaterThan(0)
    expect(second).toMatchObject({ done: 700, total: 700, leftMs: 0 })
    expect(emails(world)).toHaveLength(700)
  })

  test('carries changes of both sides over, and one that came while it ran', async () => {
    const world = peopled(3)
    await world.sync.run()
    world.dynamics.update('contact', idOf(1), { lastname: 'Changed' })
    const [, second] = world.activeCampaign.contacts()
    world.activeCampaign.updateContact(second?.id ?? '', { lastName: 'Elsewhere' })
    const edit = () => world.dynamics.update('contact', idOf(2), { firstname: 'Meanwhile' })
    world.dynamics.faults.next({ kind: 'meanwhile', run: edit }, { method: 'PATCH' })
    const report = await world.sync.run()
    expect(report.entities).toMatchObject({ contacts: { stale: 1 } })
    const names = world.activeCampaign.contacts().map(({ firstName, lastName }) => [firstName, lastName])
    expect(names).toContainEqual(['Pat', 'Changed'])
    expect(names).toContainEqual(['Meanwhile', 'Elsewhere'])
    expect(world.dynamics.rows('contact').map(({ lastname }) => lastname)).toContain('Elsewhere')
  })

  test('leaves a record that others keep changing to the next run', async () => {
    const world = peopled(1)
    await world.sync.run()
    const [contact] = world.activeCampaign.contacts()
    world.activeCampaign.updateContact(contact?.id ?? '', { lastName: 'Restless' })
    let edits = 0
    const edit = () => {
      edits += 1
      world.dynamics.update('contact', idOf(1), { jobtitle: `Job ${edits}` })
    }
    world.dynamics.faults.each({ kind: 'meanwhile', run: edit }, { method: 'PATCH' })
    const report = await world.sync.run()
    expect(report).toMatchObject({ ending: 'completed' })
    expect(edits).toBe(2)
    world.dynamics.faults.clear()
    await world.sync.run()
    expect(world.dynamics.rows('contact')).toMatchObject([{ lastname: 'Restless' }])
  })

  test('is named by the journal, and told by its report', async () => {
    const world = peopled(2)
    const { runId } = await world.sync.run()
    const entries = await Array.fromAsync(world.sync.journal.ofRun({ runId: runId ?? '' }))
    expect(entries.map(({ dynamicsId }) => dynamicsId).sort()).toEqual([idOf(1), idOf(2)])
    const one = await Array.fromAsync(
      world.sync.journal.ofRecord({ side: 'dynamics', entity: 'contacts', id: idOf(2) }),
    )
    expect(one).toMatchObject([{ runId, outcome: { status: 'done' } }])
  })
})

describe('a run that is stopped', () => {
  test('at its deadline goes on in the next one, and nobody is there twice', async () => {
    const world = peopled(600)
    world.activeCampaign.faults.each({ kind: 'latency', ms: 20_000 }, { url: /bulk_import$/, method: 'POST' })
    const endings: string[] = []
    for (let turn = 0; turn < 30; turn += 1) {
      const { ending, more, durationMs } = await world.sync.run({ deadlineMs: 30_000 })
      endings.push(ending)
      // A batch of 500 takes two imports, at 20 seconds each: the deadline is met at the next boundary.
      expect(durationMs).toBeLessThan(30_000 + 45_000)
      expect(more).toBe(ending === 'deadline')
      if (!more) break
    }
    expect(endings.length).toBeGreaterThan(1)
    expect(endings.at(-1)).toBe('completed')
    expect(new Set(emails(world)).size).toBe(600)
    expect(emails(world)).toHaveLength(600)
  })

  test('at its deadline waits for no import any longer', async () => {
    const world = peopled(20, { behaviour: { importRunMs: 600_000 } })
    const { ending, durationMs, entities } = await world.sync.run({ deadlineMs: 18_000 })
    expect(ending).toBe('deadline')
    expect(entities).toMatchObject({ contacts: { queued: 20 } })
    expect(durationMs).toBeGreaterThanOrEqual(18_000)
    // One call more, at the pace of this service, but no sleep.
    expect(durationMs).toBeLessThan(19_500)
  })

  test('lets others go first while it waits for imports, says how far they are, and stops there', async () => {
    const world = peopled(20, { behaviour: { importRunMs: 60_000 } })
    const steps: string[] = []
    let passed = 0
    const onBoundary = async () => {
      if (steps.at(-1) === 'import') passed += 1
      if (passed === 3) await world.newSync().switchOff()
    }
    const { ending, durationMs } = await world.sync.run({
      onBoundary,
      onProgress: ({ step }) => steps.push(step),
    })
    expect(ending).toBe('off')
    expect(passed).toBe(3)
    expect(durationMs).toBeLessThan(30_000)
    await world.sync.switchOn()
    await world.clock.sleep(60_000)
    expect(await world.sync.run()).toMatchObject({ ending: 'completed' })
    expect(emails(world)).toHaveLength(20)
  })

  test('by the host says what was done, and the next one goes on', async () => {
    const world = peopled(40)
    const stop = new AbortController()
    const onProgress = ({ step, done }: ProgressEvent) => {
      if (step === 'apply' && done >= 16) stop.abort()
    }
    const report = await world.sync.run({ signal: stop.signal, onProgress })
    expect(report).toMatchObject({ ending: 'aborted', more: true, error: null })
    expect(emails(world).length).toBeLessThan(40)
    expect(await world.sync.run()).toMatchObject({ ending: 'completed', initial: true })
    expect(emails(world)).toHaveLength(40)
  })

  test('by a guard has written nothing, in as many batches as it takes to see it', async () => {
    const definition = defineSync(schema, {
      contacts: { direction: 'outbound', fields: [...standardMappings.contacts] },
      guards: { maxChangedShare: 0.5 },
    })
    const world = peopled(550, { definition })
    await world.sync.run()
    for (let index = 1; index <= 520; index += 1) {
      world.dynamics.update('contact', idOf(index), { lastname: 'Everybody' })
    }
    await expect(world.sync.run()).rejects.toThrow(GuardTrippedError)
    await expect(world.sync.run()).rejects.toThrow('520 of 550 linked records would change')
    expect(world.activeCampaign.contacts().filter(({ lastName }) => lastName === 'Everybody')).toEqual([])
    expect((await world.sync.health()).runs[0]).toMatchObject({ status: 'guard-tripped' })
  })

  test('by a wrong key says where to look', async () => {
    const world = peopled(1)
    world.activeCampaign.faults.each({ kind: 'status', status: 403 })
    await expect(world.sync.run()).rejects.toThrow(
      /Forbidden \(HTTP 403\)\. `checkConnection` tells, step by step, what is wrong\. The next run/,
    )
  })

  test('by a service that refuses every call says so, with what was done before', async () => {
    const world = await peopledLater(9)
    let creates = 0
    const count = () => {
      creates += 1
      if (creates === 4) world.activeCampaign.faults.each({ kind: 'status', status: 403 }, { method: 'POST' })
    }
    world.activeCampaign.faults.each({ kind: 'meanwhile', run: count }, { method: 'POST' })
    const error = await world.sync.run().then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(RunFailedError)
    if (!(error instanceof RunFailedError)) return
    expect(error.report).toMatchObject({ ending: 'failed', more: true })
    expect(error.report.entities.contacts?.done).toBeGreaterThan(1)
    expect(await Array.fromAsync(world.sync.setAsides.list())).toEqual([])
    world.activeCampaign.faults.clear()
    expect(await world.sync.run()).toMatchObject({ ending: 'completed' })
    expect(emails(world)).toHaveLength(9)
  })
})

describe('one tenant', () => {
  test('is worked on by one run at a time; another says so and does nothing', async () => {
    const world = peopled(20)
    const [first, second] = await Promise.all([world.sync.run(), world.newSync({ leaseMs: 900 }).run()])
    expect(new Set([first.ending, second.ending])).toEqual(new Set(['busy', 'completed']))
    expect(emails(world)).toHaveLength(20)
  })

  test('whose process was killed is free once its lease has run out', async () => {
    const world = peopled(3)
    const lease = await world.state.leases.acquire('default', {
      holder: 'killed',
      ttlMs: 30_000,
      nowMs: world.clock.now(),
    })
    expect(lease).not.toBeNull()
    const before = world.clock.now()
    expect(await world.sync.run()).toMatchObject({ ending: 'completed' })
    expect(world.clock.now() - before).toBeGreaterThanOrEqual(30_000)
  })

  test('that another process keeps is waited for until the deadline at most, and the wait counts', async () => {
    const world = peopled(3)
    const before = world.clock.now()
    await world.state.leases.acquire('default', { holder: 'other', ttlMs: 4_000, nowMs: before })
    expect(await world.sync.run({ deadlineMs: 2_500 })).toMatchObject({ ending: 'busy', more: false })
    expect(world.clock.now() - before).toBe(2_500)
    expect(await world.sync.run({ deadlineMs: 1_500 })).toMatchObject({ ending: 'deadline', more: true })
  })

  test('that the host ends while it is waited for is still to be done', async () => {
    const world = peopled(1)
    const holder = { holder: 'another', ttlMs: 20_000, nowMs: world.clock.now() }
    await world.state.leases.acquire('default', holder)
    const stop = new AbortController()
    const run = world.sync.run({ signal: stop.signal })
    stop.abort()
    expect(await run).toMatchObject({ ending: 'aborted', runId: null, more: true })
  })

  test('that the host had ended before it began is still to be done', async () => {
    const report = await peopled(1).sync.run({ signal: AbortSignal.abort() })
    expect(report).toMatchObject({ ending: 'aborted', more: true, runId: null })
  })

  test('that another process has taken over is left alone by the first', async () => {
    const world = peopled(200)
    let taken = false
    const takeOver = async () => {
      if (taken) return
      taken = true
      const nowMs = world.clock.now() + 3_600_000
      await world.state.leases.acquire('default', { holder: 'other', ttlMs: 1_000, nowMs })
    }
    world.activeCampaign.faults.each({ kind: 'meanwhile', run: takeOver }, { method: 'POST' })
    const report = await world.sync.run()
    expect(report).toMatchObject({ ending: 'lease-lost', more: true })
    expect(emails(world).length).toBeLessThan(20)
    world.activeCampaign.faults.clear()
    await world.clock.sleep(3_700_000)
    expect(await world.sync.run()).toMatchObject({ ending: 'completed' })
    expect(emails(world)).toHaveLength(200)
  })
})

describe('the switch', () => {
  test('off: runs do nothing and say so; on again, nothing is lost', async () => {
    const world = peopled(2)
    await world.sync.run()
    await world.sync.switchOff()
    world.dynamics.update('contact', idOf(1), { lastname: 'Later' })
    const calls = world.dynamics.calls.total + world.activeCampaign.calls.total
    expect(await world.sync.run()).toMatchObject({ runId: null, ending: 'off' })
    expect(await world.sync.runDue()).toMatchObject({ report: null })
    const record = { side: 'dynamics', entity: 'contacts', id: idOf(1) } as const
    expect(await world.sync.runRecord(record)).toMatchObject({ status: 'off' })
    expect(world.dynamics.calls.total + world.activeCampaign.calls.total).toBe(calls)
    // It is the tenant's, not the process's.
    expect(await world.newSync().run()).toMatchObject({ ending: 'off' })
    await world.sync.switchOn()
    expect(await world.sync.run()).toMatchObject({ ending: 'completed', initial: false })
    expect(world.activeCampaign.contacts().map(({ lastName }) => lastName)).toContain('Later')
  })

  test('switched on the first time, the next run is the initial sync, once, however often it is interrupted', async () => {
    const world = peopled(510)
    await world.sync.switchOff()
    expect(await world.sync.health()).toMatchObject({ switchedOn: false, initialSyncDone: false })
    await world.sync.switchOn()
    const preview = await world.sync.plan()
    expect(preview.actions).toHaveLength(510)
    expect(emails(world)).toEqual([])
    world.activeCampaign.faults.each({ kind: 'latency', ms: 20_000 }, { url: /bulk_import$/, method: 'POST' })
    const initials: boolean[] = []
    for (let more = true; more; ) {
      const report = await world.sync.run({ deadlineMs: 30_000 })
      initials.push(report.initial)
      more = report.more
    }
    expect(initials.length).toBeGreaterThan(1)
    expect(initials.every(Boolean)).toBe(true)
    expect(await world.sync.run()).toMatchObject({ initial: false })
    expect(await world.sync.health()).toMatchObject({ switchedOn: true, initialSyncDone: true })
  })

  test('off while a run goes on: it stops between two pieces of work, and says so', async () => {
    const world = peopled(1_100)
    let planned = 0
    const onProgress = ({ step, done }: ProgressEvent) => {
      if (step === 'plan') planned = done
    }
    const onBoundary = async () => {
      if (planned > 0) await world.newSync().switchOff()
    }
    const report = await world.sync.run({ onProgress, onBoundary })
    await world.clock.sleep(60_000)
    expect(report).toMatchObject({ ending: 'off', more: false, error: null, runId: expect.any(String) })
    expect(emails(world)).toHaveLength(500)
    expect((await world.sync.health()).runs).toMatchObject([{ status: 'off' }])
    await world.sync.switchOn()
    expect((await world.sync.runDue()).report).toMatchObject({ ending: 'completed', initial: true })
    expect(emails(world)).toHaveLength(1_100)
  })

  test('a plan that is reviewed and applied is the initial sync, too', async () => {
    const world = peopled(2)
    await syncOnce(world.sync)
    expect(await world.sync.run()).toMatchObject({ initial: false })
  })
})
