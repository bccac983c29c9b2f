/** A record is text, wherever a plan shows it: each attack stands in the place of every text of a plan that has everything. */
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { describe, expect, test } from 'vitest'
import { actionShape } from '../src/file/plan-shape.ts'
import { explain, parsePlan, renderPlan } from '../src/index.ts'
import { pageEntries } from '../src/render/page-entries.ts'
import { attackedEverywhere, planOfEverything } from './kit/attacked-everywhere.ts'
import { attacks, printed } from './kit/attacked-plan.ts'

const plain = attackedEverywhere('plain')

/** Tags of a page, with their attributes where those could come from a text. */
const tagsOf = (html: string): readonly string[] =>
  [...html.matchAll(/<\/?[a-z0-9]+(?: [^>]*)?>/gi)].map(([tag]) => tag.replaceAll(/value="[^"]*"/g, ''))

/** What GitHub would make of it. */
const asPage = (markdown: string): string =>
  micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] })

/** What acts on a terminal, in order: a colour as a whole, and whatever else is no text. */
const acting = new RegExp(
  `${String.fromCharCode(27)}\\[\\d+m|[\\p{Cc}\\p{Zl}\\p{Zp}]|(?![\u200c\u200d])\\p{Cf}`,
  'gu',
)
const controlsOf = (text: string): readonly string[] => text.match(acting) ?? []

test('the plan of everything has every kind of action, and something of all else', () => {
  const kinds = new Set(planOfEverything.actions.map(({ kind }) => kind))
  expect(kinds).toEqual(new Set(actionShape.options.map(({ shape }) => shape.kind.value)))
  const { holds, conflicts, skips, needs, guards } = planOfEverything
  for (const entries of [holds, conflicts, skips, needs, guards]) expect(entries).not.toHaveLength(0)
  expect(holds.some(({ candidates }) => candidates.length > 0)).toBe(true)
  expect(planOfEverything.actions.some((action) => 'tags' in action && action.tags.length > 0)).toBe(true)
})

test('no text has a hole in it', () => {
  const page = JSON.stringify(pageEntries(planOfEverything))
  for (const shown of [page, renderPlan(planOfEverything, 'text'), renderPlan(planOfEverything, 'markdown')])
    expect(shown).not.toMatch(/undefined|\bnull\b|NaN|\[object/)
})

describe.each(attacks)('%j', (attack) => {
  const plan = attackedEverywhere(attack)

  test('is text on a terminal', () => {
    for (const colour of [false, true]) {
      const text = renderPlan(plan, 'text', { colour, width: 200 })
      expect(controlsOf(text)).toEqual(controlsOf(renderPlan(plain, 'text', { colour, width: 200 })))
      expect(text).toContain(printed(attack))
    }
  })

  test('is text in Markdown', () => {
    const page = asPage(renderPlan(plan, 'markdown'))
    expect(tagsOf(page)).toEqual(tagsOf(asPage(renderPlan(plain, 'markdown'))))
    expect(controlsOf(page).filter((control) => control !== '\n')).toEqual([])
  })

  test('is text in HTML', () => {
    const page = renderPlan(plan, 'html')
    expect(tagsOf(page)).toEqual(tagsOf(renderPlan(plain, 'html')))
    expect(controlsOf(page).filter((control) => control !== '\n')).toEqual([])
  })

  test('is itself in JSON', () => {
    // A custom object has a slug, and a plan file with anything else is refused.
    const whole = attackedEverywhere(attack, ['object'])
    expect(parsePlan(renderPlan(whole, 'json'))).toEqual(whole)
  })

  test('is text in what explains a record', () => {
    const explained = (text: string) =>
      (['contacts', 'accounts', 'opportunities'] as const).flatMap((entity) =>
        explain(attackedEverywhere(text), { entity, dynamicsId: text }),
      )
    const sentences = explained(attack)
    expect(sentences).toHaveLength(explained('plain').length)
    expect(sentences.flatMap(controlsOf)).toEqual([])
    expect(sentences.join('\n')).toContain(printed(attack))
  })
})
