import { badQuery } from '../dataverse-error.ts'
import { parseArrayLiteral } from './array-literal.ts'
import type { ComparisonOperator, Expression, Literal, Operand, TextFunction } from './expression.ts'
import { createScanner, type Scanner, type Token } from './scanner.ts'

/** Values of `@name` parameters, as written after the equals sign. */
export type Aliases = Readonly<Partial<Record<string, string>>>

const comparisons: ReadonlySet<string> = new Set<ComparisonOperator>(['eq', 'ne', 'gt', 'ge', 'lt', 'le'])
const textFunctions: ReadonlySet<string> = new Set<TextFunction>(['contains', 'startswith', 'endswith'])
const isComparison = (text: string): text is ComparisonOperator => comparisons.has(text)
const isTextFunction = (text: string): text is TextFunction => textFunctions.has(text)

const guid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i
const date = /^\d{4}-\d{2}-\d{2}$/
const dateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/i
const number = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?[mfdl]?$/i
const crm = 'Microsoft.Dynamics.CRM.'

/** A literal without quotes, or nothing when the word is a name. */
function wordLiteral(text: string): Literal | undefined {
  if (text === 'null') return { kind: 'literal', type: 'null', value: null }
  if (text === 'true' || text === 'false') return { kind: 'literal', type: 'boolean', value: text === 'true' }
  if (guid.test(text)) return { kind: 'literal', type: 'guid', value: text.toLowerCase() }
  if (date.test(text)) return { kind: 'literal', type: 'date', value: text }
  if (dateTime.test(text)) return { kind: 'literal', type: 'datetime', value: text }
  if (number.test(text)) return { kind: 'literal', type: 'number', value: Number.parseFloat(text) }
  return undefined
}

/** Parses a `$filter`; `aliases` are the `@p` parameters of the same URL, an unassigned one counting as null. */
export function parseFilter(source: string, aliases: Aliases): Expression {
  const scanner = createScanner(source)
  const expression = new FilterParser(scanner, aliases).or()
  const rest = scanner.peek()
  if (rest.kind !== 'end') throw badQuery(`Syntax error at position ${rest.at} in '${source}'.`)
  return expression
}

/** Recursive descent: `or` over `and` over `not` over a comparison, a function, a lambda or parentheses. */
class FilterParser {
  private readonly scanner: Scanner
  private readonly aliases: Aliases

  constructor(scanner: Scanner, aliases: Aliases) {
    this.scanner = scanner
    this.aliases = aliases
  }

  or(): Expression {
    let left = this.and()
    while (this.scanner.skip('or')) left = { kind: 'or', left, right: this.and() }
    return left
  }

  private and(): Expression {
    let left = this.unary()
    while (this.scanner.skip('and')) left = { kind: 'and', left, right: this.unary() }
    return left
  }

  private unary(): Expression {
    if (this.scanner.skip('not')) return { kind: 'not', operand: this.unary() }
    if (this.scanner.skip('(')) {
      const inner = this.or()
      this.scanner.expect(')')
      return inner
    }
    return this.predicate()
  }

  private predicate(): Expression {
    const token = this.scanner.peek()
    if (token.kind === 'word' && isTextFunction(token.text)) return this.text(token.text)
    if (token.kind === 'word' && token.text.startsWith(crm) && !token.text.endsWith("'")) {
      const parsed = this.queryFunction()
      if (parsed !== undefined) return parsed
    }
    const left = this.operand()
    if ('quantifier' in left) return left
    const operator = this.scanner.next()
    if (!isComparison(operator.text)) throw this.unsupported(operator)
    const right = this.operand()
    if ('quantifier' in right) throw this.unsupported(operator)
    return { kind: 'compare', operator: operator.text, left, right }
  }

  private unsupported(token: Token): Error {
    // OData 4.01's `in` is not part of the 4.0 that the service speaks.
    return badQuery(`Syntax error at position ${token.at} in '${this.scanner.source}'.`)
  }

  private text(name: TextFunction): Expression {
    this.scanner.next()
    this.scanner.expect('(')
    const left = this.plainOperand()
    this.scanner.expect(',')
    const right = this.plainOperand()
    this.scanner.expect(')')
    return { kind: 'text', function: name, left, right }
  }

  private plainOperand(): Operand {
    const operand = this.operand()
    if ('quantifier' in operand) throw badQuery(`Syntax error in '${this.scanner.source}'.`)
    return operand
  }

  private queryFunction(): Expression | undefined {
    const name = this.scanner.next().text.slice(crm.length)
    this.scanner.expect('(')
    let property = ''
    let values: readonly (string | number | boolean | null)[] = []
    while (!this.scanner.skip(')')) {
      const parameter = this.scanner.next().text
      this.scanner.expect('=')
      if (parameter === 'PropertyName') property = String(this.value())
      else if (parameter === 'PropertyValue') values = [this.value()]
      else values = this.array()
      this.scanner.skip(',')
    }
    return { kind: 'query', name, property, values }
  }

  private value(): string | number | boolean | null {
    return this.literal(this.scanner.next())?.value ?? null
  }

  private array(): readonly (string | number | boolean | null)[] {
    const token = this.scanner.peek()
    if (token.text.startsWith('@')) {
      this.scanner.next()
      return parseArrayLiteral(this.aliases[token.text] ?? '[]')
    }
    return parseArrayLiteral(this.scanner.bracketed())
  }

  private literal(token: Token): Literal | undefined {
    if (token.kind === 'string') return { kind: 'literal', type: 'string', value: token.text }
    if (token.kind !== 'word') return undefined
    if (!token.text.startsWith('@')) return wordLiteral(token.text)
    const assigned = this.aliases[token.text]
    if (assigned === undefined) return { kind: 'literal', type: 'null', value: null }
    return this.literal(createScanner(assigned).next())
  }

  /** A literal, a path, or a path that ends in a lambda. */
  private operand(): Operand | Extract<Expression, { kind: 'lambda' }> {
    const token = this.scanner.next()
    const literal = this.literal(token)
    if (literal !== undefined) return literal
    if (token.kind !== 'word')
      throw badQuery(`Syntax error at position ${token.at} in '${this.scanner.source}'.`)
    if (token.text.startsWith(crm) && this.scanner.peek().kind === 'string') {
      return { kind: 'literal', type: 'enum', value: this.scanner.next().text }
    }
    const segments = [token.text]
    while (this.scanner.skip('/')) {
      const segment = this.scanner.next().text
      if ((segment === 'any' || segment === 'all') && this.scanner.skip('('))
        return this.lambda(segment, segments)
      segments.push(segment)
    }
    return { kind: 'path', segments }
  }

  private lambda(
    quantifier: 'any' | 'all',
    segments: readonly string[],
  ): Extract<Expression, { kind: 'lambda' }> {
    const path = { kind: 'path' as const, segments }
    if (this.scanner.skip(')'))
      return { kind: 'lambda', quantifier, path, variable: '', condition: undefined }
    const variable = this.scanner.next().text
    this.scanner.expect(':')
    const condition = this.or()
    this.scanner.expect(')')
    return { kind: 'lambda', quantifier, path, variable, condition }
  }
}
