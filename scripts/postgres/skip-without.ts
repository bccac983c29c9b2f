import { beforeEach, inject } from 'vitest'

/** Where the server could not start, every test of the project reports itself skipped, and why. */
beforeEach((context) => {
  const postgres = inject('postgres')
  if ('missing' in postgres) context.skip(postgres.missing)
})
