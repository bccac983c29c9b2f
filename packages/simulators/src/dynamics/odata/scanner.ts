import { badQuery } from '../dataverse-error.ts'

export interface Token {
  readonly kind: 'string' | 'word' | 'symbol' | 'end'
  /** Content of a string with the doubled quotes undone; else the characters as written. */
  readonly text: string
  readonly at: number
}

// A colon belongs to a time; anywhere else it is a symbol of its own, as in `any(c:c/name eq 'x')`.
const word = /\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?|[\w.@$+\-%*]+/iy
const punctuation = '(),/=[]{};:'

/** Cuts an OData expression into tokens, one at a time, with one token of look-ahead. */
export interface Scanner {
  readonly source: string
  peek(): Token
  next(): Token
  /** Takes the next token when it is this symbol or word. */
  skip(text: string): boolean
  expect(text: string): void
  /** The raw text from here to the bracket that closes the one at the current position. */
  bracketed(): string
}

export function createScanner(source: string): Scanner {
  let position = 0
  let ahead: Token | undefined

  const quoted = (from: number): Token => {
    let text = ''
    for (let at = from + 1; at < source.length; at += 1) {
      const character = source.charAt(at)
      if (character !== "'") {
        text += character
      } else if (source.charAt(at + 1) === "'") {
        text += "'"
        at += 1
      } else {
        position = at + 1
        return { kind: 'string', text, at: from }
      }
    }
    throw badQuery(`There is an unterminated literal at position ${source.length} in '${source}'.`)
  }

  const scan = (): Token => {
    while (position < source.length && /\s/.test(source.charAt(position))) position += 1
    const at = position
    if (at >= source.length) return { kind: 'end', text: '', at }
    const character = source.charAt(at)
    if (character === "'") return quoted(at)
    if (punctuation.includes(character)) {
      position += 1
      return { kind: 'symbol', text: character, at }
    }
    word.lastIndex = at
    const match = word.exec(source)
    if (match === null)
      throw badQuery(`Syntax error: character '${character}' is not valid at position ${at} in '${source}'.`)
    position += match[0].length
    // A word that runs into a quote is the prefix of a typed literal, which has to end too.
    if (source.charAt(position) === "'" && !source.includes("'", position + 1)) quoted(position)
    return { kind: 'word', text: match[0], at }
  }

  const peek = (): Token => {
    ahead ??= scan()
    return ahead
  }
  const next = (): Token => {
    const token = peek()
    ahead = undefined
    return token
  }
  const skip = (text: string): boolean => {
    const token = peek()
    if (token.kind === 'string' || token.text !== text) return false
    next()
    return true
  }

  return {
    source,
    peek,
    next,
    skip,
    expect(text) {
      if (!skip(text)) throw badQuery(`Syntax error at position ${peek().at} in '${source}'.`)
    },
    bracketed() {
      const from = peek().at
      ahead = undefined
      let quote = ''
      let depth = 0
      for (let at = from; at < source.length; at += 1) {
        const character = source.charAt(at)
        if (quote !== '') {
          if (character === quote) quote = ''
        } else if (character === '"' || character === "'") {
          quote = character
        } else if (character === '[' || character === '{') {
          depth += 1
        } else if ((character === ']' || character === '}') && --depth === 0) {
          position = at + 1
          return source.slice(from, position)
        }
      }
      position = source.length
      return source.slice(from)
    },
  }
}
