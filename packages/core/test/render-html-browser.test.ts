/** The page as a browser shows it: Debian's Chromium, headless, without a network. */
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Plan, renderPlan } from '../src/index.ts'
import { attackedEverywhere, planOfEverything } from './kit/attacked-everywhere.ts'
import { attacks, planWith, printed } from './kit/attacked-plan.ts'
import { launchBrowser, whyNoBrowser } from './kit/browser.ts'
import { largePlan } from './kit/large-plan.ts'

/** A folder for pictures of the page, for people to look at; none are made where it is not named. */
const screenshots = process.env.DYNACAMP_SCREENSHOTS

let browser: Browser
/** The elements of the page that {@link planWith} makes of an innocent text. */
let plainElements: readonly string[]
/** The same of {@link attackedEverywhere}. */
let elementsOfEverything: readonly string[]

interface Opened {
  readonly page: Page
  /** Everything that must not happen: script errors, refusals by the page's policy, dialogs, requests. */
  readonly incidents: readonly string[]
}

const open = async (plan: Plan, width = 1280, more: BrowserContextOptions = {}): Promise<Opened> => {
  const context = await browser.newContext({ viewport: { width, height: 900 }, offline: true, ...more })
  const page = await context.newPage()
  const incidents: string[] = []
  page.on('pageerror', (error) => incidents.push(error.message))
  page.on('console', (message) => incidents.push(message.text()))
  page.on('request', (request) => incidents.push(request.url()))
  page.on('dialog', (dialog) => {
    incidents.push(dialog.message())
    void dialog.dismiss()
  })
  await page.setContent(renderPlan(plan, 'html'))
  return { page, incidents }
}

const elementsOf = (page: Page) =>
  page.locator('body *').evaluateAll((nodes) => nodes.map(({ nodeName }) => nodeName))
const entries = (page: Page) => page.getByRole('article')
const countShown = (page: Page) => page.getByRole('status')

describe.skipIf(whyNoBrowser !== undefined)(`in Chromium${whyNoBrowser ? ` (${whyNoBrowser})` : ''}`, () => {
  beforeAll(async () => {
    browser = await launchBrowser()
    const elementsWith = async (plan: Plan) => {
      const { page } = await open(plan)
      const elements = await elementsOf(page)
      await page.context().close()
      return elements
    }
    plainElements = await elementsWith(planWith('plain'))
    elementsOfEverything = await elementsWith(attackedEverywhere('plain'))
  })
  afterAll(async () => {
    await browser.close()
  })

  test.each(attacks)('%j is text in every kind of entry', async (text) => {
    const { page, incidents } = await open(planWith(text))
    expect(await elementsOf(page)).toEqual(plainElements)
    const shown = printed(text)
    for (const group of ['held', 'create', 'skipped']) {
      expect(await page.locator(`article.${group}`).allTextContents()).toContainEqual(
        expect.stringContaining(shown),
      )
    }
    expect(incidents).toEqual([])
    await page.context().close()
  })

  test.each(attacks)('%j is text in the place of every text', async (text) => {
    const { page, incidents } = await open(attackedEverywhere(text))
    expect(await elementsOf(page)).toEqual(elementsOfEverything)
    expect(incidents).toEqual([])
    await page.context().close()
  })

  test('the policy lets no other script run', async () => {
    const { page, incidents } = await open(planWith('plain'))
    // As text: the tests are compiled for Node.js, which has no document.
    await page.evaluate(`{
      const script = document.createElement('script')
      script.textContent = 'document.title = "owned"'
      document.body.append(script)
    }`)
    expect(await page.title()).toMatch(/^Plan /)
    expect(incidents.join()).toContain('Content Security Policy')
    await page.context().close()
  })

  test('what waits for a person comes first, below a banner that says how much', async () => {
    const { page } = await open(largePlan(200))
    expect(await page.getByText('40 records or fields held: a person has to decide.').isVisible()).toBe(true)
    expect(
      await page
        .getByText(/^Stopped, nothing is written: 160 of the 260 records of this plan would change/)
        .isVisible(),
    ).toBe(true)
    expect(await entries(page).first().textContent()).toContain('held')
    const headings = await page.getByRole('heading', { level: 2 }).allTextContents()
    expect(headings.slice(0, 2)).toEqual([
      'Held: a person has to decide (40)',
      'Conflicts that are decided (20)',
    ])
    await page.context().close()
  })

  test('filters by entity, kind, field and text, alone and together, and says how many match', async () => {
    const { page, incidents } = await open(largePlan(200))
    const all = (await countShown(page).textContent()) ?? ''
    const expectCount = async (count: number) =>
      expect
        .poll(() => countShown(page).textContent())
        .toBe(`${count} of ${all.replace(/\D/g, '')} entries match`)
    await page.getByLabel('kind').selectOption('update-dynamics-record')
    await expectCount(20)
    await page.getByLabel('kind').selectOption('')
    await page.getByLabel('field').selectOption('lastname:lastName')
    await expectCount(40)
    await page.getByLabel('entity').selectOption('contacts')
    await page.getByLabel('text').fill('  ANA.')
    await expectCount(20)
    expect(await entries(page).count()).toBe(20)
    await page.getByLabel('text').fill('nobody is called this')
    await expectCount(0)
    await page.getByLabel('text').fill('')
    await page.getByLabel('field').selectOption('')
    await page.getByRole('radio', { name: 'Held' }).press('Space')
    await expectCount(40)
    expect(incidents).toEqual([])
    await page.context().close()
  })

  test('of 10,000 actions it builds what comes near the screen, and the rest on request', async () => {
    const { page, incidents } = await open(largePlan(10_000))
    expect(await countShown(page).textContent()).toBe('All 11,060 entries')
    // However many match, no filter and no key press has more to build than this.
    const isBounded = async () => {
      const [articles = 0, elements = 0] = await page.evaluate<readonly number[]>(
        `['article', 'body *'].map((wanted) => document.querySelectorAll(wanted).length)`,
      )
      expect(articles).toBeLessThan(400)
      expect(elements).toBeLessThan(articles * 60)
      return articles
    }
    const before = await isBounded()
    await page.getByRole('button', { name: /^Show \d+ more/ }).press('Enter')
    await expect.poll(() => entries(page).count()).toBeGreaterThan(before)
    await isBounded()
    await page.getByLabel('kind').selectOption('update-active-campaign-contact')
    await expect.poll(() => countShown(page).textContent()).toBe('7,000 of 11,060 entries match')
    await isBounded()
    await page.getByLabel('text').fill('.9999@')
    await expect.poll(() => countShown(page).textContent()).toBe('1 of 11,060 entries match')
    expect(await entries(page).count()).toBe(1)
    await page.getByLabel('text').fill('')
    await expect.poll(() => countShown(page).textContent()).toBe('7,000 of 11,060 entries match')
    await isBounded()
    expect(incidents).toEqual([])
    await page.context().close()
  })

  test('what gets the focus is not covered by the bar', async () => {
    const { page } = await open(largePlan(200))
    const more = page.getByRole('button', { name: /^Show \d+ more/ })
    await more.press('Enter')
    const focused = await page.locator(':focus').boundingBox()
    const bar = await page.getByRole('search').boundingBox()
    expect(focused?.y).toBeGreaterThanOrEqual((bar?.y ?? 0) + (bar?.height ?? 0))
    await page.context().close()
  })

  test('in forced colours the chosen tile can be told from the others', async () => {
    const { page } = await open(largePlan(20))
    await page.emulateMedia({ forcedColors: 'active' })
    const backgrounds = () =>
      page.evaluate<readonly string[]>(
        `['All', 'Held', 'Create'].map((name) => {
          const tile = [...document.querySelectorAll('label.tile')].find((each) => each.textContent.includes(name))
          return getComputedStyle(tile).backgroundColor
        })`,
      )
    const [chosen, held, create] = await backgrounds()
    expect(held).toBe(create)
    expect(chosen).not.toBe(held)
    await page.getByRole('radio', { name: 'Held' }).press('Space')
    expect(await backgrounds()).toEqual([create, chosen, create])
    await page.context().close()
  })

  test('without script the first entries are there, and no filter that does nothing', async () => {
    const { page } = await open(largePlan(200), 1280, { javaScriptEnabled: false })
    const note = page.locator('main p.banner')
    expect(await note.isVisible()).toBe(true)
    expect(await note.textContent()).toBe(
      'Without a script this page has no filter. ' +
        'These are the first 200 of 280 entries; the plan as Markdown has all of them.',
    )
    expect(await page.getByRole('search').count()).toBe(0)
    expect(await entries(page).count()).toBe(200)
    expect(await entries(page).first().isVisible()).toBe(true)
    expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual([
      'Held: a person has to decide (40)',
      'Conflicts that are decided (20)',
      'To create (40)',
      'To change (160)',
    ])
    await page.context().close()
  })

  test('sensitive values are nowhere in the page', async () => {
    const { page } = await open(largePlan(50))
    expect(await page.content()).not.toMatch(/19770101|"x\d+"/)
    expect(await page.getByText('(sensitive)').first().isVisible()).toBe(true)
    await page.context().close()
  })

  test.each([360, 1280])('nothing sticks out at %i pixels', async (width) => {
    const { page } = await open(planWith('x'.repeat(300)), width)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
    await page.context().close()
  })

  if (screenshots !== undefined) {
    const looks: readonly BrowserContextOptions[] = [
      { colorScheme: 'light' },
      { colorScheme: 'dark' },
      { forcedColors: 'active' },
      { javaScriptEnabled: false },
    ]
    const shots = looks.flatMap((look) => [360, 1280].map((width) => ({ look, width })))
    test.each(shots)('is written as a picture: $look at $width pixels', async ({ look, width }) => {
      for (const [name, plan] of Object.entries({ large: largePlan(200), everything: planOfEverything })) {
        const { page } = await open(plan, width, look)
        const file = `${name}-${Object.values(look).join('-')}-${width}`
        await page.screenshot({ path: join(screenshots, `${file}.png`) })
        await page.locator('article:has(table)').nth(15).scrollIntoViewIfNeeded()
        // What comes into view is laid out in the frame after the one in which it does.
        const frames = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))'
        if (look.javaScriptEnabled !== false) await page.evaluate(frames)
        await page.screenshot({ path: join(screenshots, `${file}-further.png`) })
        await page.context().close()
      }
    })
  }

  test('landmarks, headings and tables are what a screen reader needs', async () => {
    const { page } = await open(largePlan(20), 360)
    for (const role of ['banner', 'search', 'main'] as const)
      expect(await page.getByRole(role).count()).toBe(1)
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Plan')
    const conflict = page.getByRole('region', { name: /^Conflicts/ }).getByRole('article')
    expect(
      await conflict.first().getByRole('columnheader', { name: 'Dynamics 365', includeHidden: true }).count(),
    ).toBe(1)
    expect(await conflict.first().getByRole('rowheader').textContent()).toBe('jobtitle:POSITION')
    await page.keyboard.press('Tab')
    expect(await page.locator(':focus').textContent()).toBe('Skip to the entries')
    await page.context().close()
  })
})
