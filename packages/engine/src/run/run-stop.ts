/** Ends a run between two pieces of work. Never leaves the engine: the run's report says it. */
export class RunStop extends Error {
  override readonly name = 'RunStop'
  readonly ending: 'deadline' | 'off'

  constructor(ending: 'deadline' | 'off') {
    super(`the run ends here: ${ending}`)
    this.ending = ending
  }
}
