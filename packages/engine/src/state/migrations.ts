import type { Migration } from 'kysely/migration'
import type { Flavour } from './flavour.ts'
import { first } from './migrations/0001-first.ts'
import { leasesAndHistory } from './migrations/0002-leases-and-history.ts'
import { imports } from './migrations/0003-imports.ts'
import { lists } from './migrations/0004-lists.ts'
import { foundOneByOne } from './migrations/0005-found-one-by-one.ts'
import { runs } from './migrations/0006-runs.ts'
import { orphans } from './migrations/0007-orphans.ts'

/** Applied in the order of their names, once each. A migration that was released is never edited. */
export const migrationsFor = (flavour: Flavour): Record<string, Migration> => ({
  '0001-first': first(flavour),
  '0002-leases-and-history': leasesAndHistory(flavour),
  '0003-imports': imports(flavour),
  '0004-lists': lists(flavour),
  '0005-found-one-by-one': foundOneByOne,
  '0006-runs': runs(flavour),
  '0007-orphans': orphans,
})
