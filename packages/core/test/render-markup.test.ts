/** Markdown and HTML: a record is text, never markup. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { renderPlan } from '../src/index.ts'
import { attacks, planWith } from './kit/attacked-plan.ts'
import { campaign } from './kit/campaign.ts'

/** Tags of a page, by name. */
const tagsOf = (html: string): readonly string[] =>
  [...html.matchAll(/<\/?([a-z0-9]+)/gi)].map(([tag]) => tag)

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
  expect(page).not.toMatch(/(?:src|action)=|href="(?!#)|url\(|@import|https?:/i)
  expect(page).toContain("default-src 'none'")
  expect(page).not.toContain('unsafe-inline')
})
