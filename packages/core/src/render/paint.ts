/** Colours a terminal shows, by what they mean here. */
const codes = { '+': 32, '~': 33, '-': 31, '!': 35, '=': 2, bold: 1 } as const

type Colour = keyof typeof codes

export type Paint = (colour: Colour, text: string) => string

/** ANSI colours, or none. */
export const painter = (colour: boolean): Paint =>
  colour ? (name, text) => `\u001b[${codes[name]}m${text}\u001b[0m` : (_, text) => text
