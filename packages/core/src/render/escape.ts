/**
 * Controls, line and paragraph separators, and format characters such as bidirectional overrides: a record must not
 * move the cursor, colour a terminal, or make a line read in another order than it is. The two joiners are letters'
 * business (Persian, emoji) and stay.
 */
const unsafe = /[\p{Cc}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/gu

const codePoint = (character: string): string => (character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')

/**
 * Text of a record, safe to print: what could act on a terminal becomes `\uXXXX`.
 *
 * @example
 * escapeText('\u001b[31mred') // '\\u001b[31mred'
 */
export const escapeText = (text: string): string =>
  text.replace(unsafe, (character) => `\\u${codePoint(character)}`)
