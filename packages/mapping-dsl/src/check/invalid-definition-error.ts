import type { Diagnostic } from './diagnostic.ts'

/**
 * A definition that cannot be used, with everything that is wrong with it. Correct each diagnostic's `path` as
 * its `message` says.
 */
export class InvalidDefinitionError extends Error {
  override readonly name = 'InvalidDefinitionError'
  readonly code = 'invalid-definition'
  readonly diagnostics: readonly Diagnostic[]

  constructor(diagnostics: readonly Diagnostic[]) {
    const lines = diagnostics.map(
      ({ path, message, severity }) => `- ${severity} at ${path || 'the whole'}: ${message}`,
    )
    const more = lines.length > 20 ? [`- and ${lines.length - 20} more in \`diagnostics\``] : []
    super(['The definition has problems:', ...lines.slice(0, 20), ...more].join('\n'))
    this.diagnostics = diagnostics
  }
}
