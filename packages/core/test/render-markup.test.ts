/** Markdown and HTML: a record is text, never markup. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { renderPlan } from '../src/index.ts'
import { campaign } from './kit/campaign.ts'
import { contactsDefinition } from './kit/definition.ts'
import { applyPlan, emptyWorld, planWorld, putContact, putRow } from './kit/world.ts'

const definition = contactsDefinition()

/** A plan in which a text of a record is in every kind of entry. */
const planWith = (text: string) => {
  const world = emptyWorld()
  putRow(world, 'd1', { emailaddress1: 'ana@example.com', firstname: 'Ana', governmentid: '1977' })
  applyPlan(world, planWorld(world, definition))
  const [contact] = [...world.contacts.values()]
  putRow(world, 'd1', { emailaddress1: 'ana@example.com', firstname: text, governmentid: '1978' })
  putContact(world, contact?.id ?? '', { ...contact?.fields, firstName: `${text}!`, CHILDREN: text })
  putRow(world, 'd2', { emailaddress1: `${text}@`, lastname: text })
  putRow(world, 'd3', { lastname: text })
  putRow(world, 'd4', { emailaddress1: 'new@example.com', lastname: text })
  return planWorld(world, definition)
}

/** Tags of a page, by name. */
const tagsOf = (html: string): readonly string[] =>
  [...html.matchAll(/<\/?([a-z0-9]+)/gi)].map(([tag]) => tag)

const attacks = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><script>alert(1)</script>',
  "' onmouseover='alert(1)",
  '</code></td></table></article>',
  '<!--',
  '[click](javascript:alert(1))',
  '![x](https://evil.example/x.png)',
  'a | b | c',
  '`code` **bold** # title',
  '&lt;b&gt;',
]

test.each(attacks)('HTML shows %j as text', (text) => {
  expect(tagsOf(renderPlan(planWith(text), 'html'))).toEqual(tagsOf(renderPlan(planWith('plain'), 'html')))
})

test('any text leaves the tags of the page alone', () => {
  const plain = tagsOf(renderPlan(planWith('plain'), 'html'))
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
      fc.pre(text.trim() !== '')
      expect(tagsOf(renderPlan(planWith(`x${text}x`), 'html'))).toEqual(plain)
    }),
    campaign(200),
  )
})

test.each(attacks)('Markdown shows %j as text', (text) => {
  const markdown = renderPlan(planWith(text), 'markdown')
  expect(markdown).not.toMatch(/<(script|img|b)\b/i)
  expect(markdown).not.toMatch(/(?<!\\)\]\(/)
  const columns = markdown.split('\n').filter((line) => line.startsWith('| '))
  for (const line of columns) expect(line.match(/(?<!\\)\|/g)).toHaveLength(7)
})

test.each(['html', 'markdown'] as const)('%s masks sensitive values', (format) => {
  const page = renderPlan(planWith('plain'), format)
  expect(page).toContain('ID')
  expect(page).not.toMatch(/197[78]/)
})

test('the page loads nothing and links nowhere', () => {
  const page = renderPlan(planWith('plain'), 'html')
  expect(page).not.toMatch(/(?:src|href|action)=|url\(|@import|https?:/i)
  expect(page).toContain("default-src 'none'")
})
