import type { Event } from './events/event.ts'
import { editRecordOf } from './events/rival.ts'
import { faults } from './faults.ts'
import type { Run } from './history.ts'
import type { Network } from './network.ts'
import type { Letter } from './postman.ts'
import { refuse } from './refusals.ts'
import type { Services } from './services.ts'

interface People {
  happen(event: Event): void
  /** A webhook arrives, while a run goes on. */
  hear(letter: Letter): Promise<void>
  switchOff(): Promise<void>
  /** Another process of the host asks whether a run is due. */
  ask(): Promise<void>
  /** Does something as people do it; says whether it was done. */
  act(work: () => boolean): boolean
  count(what: string): void
}

/** Arranges what the requests of a run meet: faults, people who go on working, rivals. */
export const arrangeWeather = (network: Network, services: Services, run: Run, people: People): void => {
  const { rival, betweenPages, refused } = run
  if (refused !== null) refuse(services, refused, () => people.count(refused))
  network.expect({
    faults: new Map(run.faults.map(({ request, fault }) => [request, { name: fault, fault: faults[fault] }])),
    lostWrite: run.lostWrite,
    async meanwhile(number) {
      for (const { request, event } of run.meanwhile) {
        if (request !== number) continue
        people.happen(event)
        people.count('people change something while it runs')
      }
      for (const { request, letter } of run.letters) {
        if (request !== number) continue
        await people.hear(letter)
        people.count('a webhook arrives while it runs')
      }
      if (run.switchedOffAt === number) await people.switchOff()
      if (run.askedAt === number) {
        await people.ask()
        people.count('another process asks for a run meanwhile')
      }
    },
    rival(request, path) {
      if (rival?.request !== request) return
      if (people.act(() => editRecordOf(services, path, rival)))
        people.count('somebody edits the very record')
    },
  })
  if (betweenPages === null) return
  for (const { faults: control } of [services.dynamics, services.activeCampaign]) {
    control.betweenPages(() => {
      people.happen(betweenPages)
      people.count('people change something between two pages')
    })
  }
}
