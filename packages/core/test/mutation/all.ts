/**
 * The tests that mutation testing runs, bundled into one file, so that a mutant costs one load and not one per file; the
 * quick ones first, since the first that fails ends it. Left out are tests of what is not mutated (rendering, samples), and
 * those of the generators, which plan outside of a test: that would make nearly every mutant a static one.
 */
import fc from 'fast-check'

// To see that a law fails is enough: nobody reads the smallest history of a mutant.
fc.configureGlobal({ endOnFailure: true })

await import('../actions.test.ts')
await import('../decide-field.test.ts')
await import('../dynamics-id-for.test.ts')
await import('../waves.test.ts')
await import('../titles.test.ts')
await import('../taken-keys.test.ts')
await import('../deletes.test.ts')
await import('../match-key.test.ts')
await import('../small-parts.test.ts')
await import('../canonical-json.test.ts')
await import('../paths.test.ts')
await import('../explain-differences.test.ts')
await import('../opt-out.test.ts')
await import('../handed-over.test.ts')
await import('../plans-in-full.test.ts')
await import('../scenarios.test.ts')
await import('../opportunities.test.ts')
await import('../references.test.ts')
await import('../sensitive-relation.test.ts')
await import('../plan-batch.test.ts')
await import('../guards.test.ts')
await import('../cost.test.ts')
await import('../explain.test.ts')
await import('../left-out-table.test.ts')
await import('../blanks-through-transforms.test.ts')
await import('../keys-that-do-not-fit.test.ts')
await import('../shared-ends.test.ts')
await import('../unchanged.test.ts')
await import('../merge-plans.test.ts')
await import('../needs.test.ts')
await import('../records.test.ts')
await import('../plan-errors.test.ts')
await import('../sha256.test.ts')
await import('../plan-file.test.ts')
await import('../behaviour-doc.test.ts')
await import('../opportunity-laws.test.ts')
await import('../laws.test.ts')
