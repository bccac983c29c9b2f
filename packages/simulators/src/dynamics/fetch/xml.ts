import { badRequest } from '../dataverse-error.ts'

/** An element of a FetchXML text. */
export interface Element {
  readonly name: string
  readonly attributes: Readonly<Partial<Record<string, string>>>
  readonly children: readonly Element[]
  readonly text: string
}

const entities: Readonly<Partial<Record<string, string>>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
}
const unescapeXml = (text: string): string =>
  text
    .replaceAll(/&#(\d+);/g, (_, digits: string) => String.fromCodePoint(Number(digits)))
    .replaceAll(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => entities[name] ?? '')

const token = /<(\/?)([\w-]+)((?:\s+[\w-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/g
const attribute = /([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

const attributesIn = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(attribute)].map(([, name = '', double, single]) => [
      name,
      unescapeXml(double ?? single ?? ''),
    ]),
  )

interface Open {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: Element[]
  text: string
}

/** Parses the XML that FetchXML needs: elements, attributes and text; no namespaces, no processing instructions. */
export function parseXml(source: string): Element {
  const root: Open = { name: '', attributes: {}, children: [], text: '' }
  const open: Open[] = [root]
  for (const [, closing, name = '', attributes = '', empty, text] of source.matchAll(token)) {
    const top = open.at(-1) ?? root
    if (text !== undefined) {
      top.text += unescapeXml(text)
    } else if (closing === '/') {
      if (top.name !== name || open.length < 2) throw badRequest('Invalid XML.')
      open.pop()
      open.at(-1)?.children.push(top)
    } else {
      const element: Open = { name, attributes: attributesIn(attributes), children: [], text: '' }
      if (empty === '/') top.children.push(element)
      else open.push(element)
    }
  }
  const [first] = root.children
  if (first === undefined || open.length !== 1) throw badRequest('Invalid XML.')
  return first
}
