import { existsSync } from 'node:fs'
import { glob, readdir, readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

const read = (page: string): Promise<string> => readFile(join(root, page), 'utf8')

const withoutCode = (markdown: string): string =>
  markdown.replace(/^(`{3,}).*?^\1$/gms, '').replace(/(`+)[^`].*?\1/gs, '')

const linksIn = (markdown: string): readonly string[] =>
  [...withoutCode(markdown).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link))

/** As GitHub names the headings of a page. */
const anchorsIn = (markdown: string): readonly string[] =>
  [...markdown.replace(/^(`{3,}).*?^\1$/gms, '').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )

const isThere = async (page: string, link: string): Promise<boolean> => {
  const [path = '', anchor] = link.split('#')
  const target = path === '' ? page : join(dirname(page), path)
  if (!existsSync(join(root, target))) return false
  return anchor === undefined || anchorsIn(await read(target)).includes(anchor)
}

const pages = async (): Promise<readonly string[]> => {
  const exclude = (path: string) => path.includes('node_modules') || path.endsWith('dist')
  return (await Array.fromAsync(glob('**/*.md', { cwd: root, exclude }))).toSorted()
}

test('every link between the pages leads somewhere', async () => {
  const dead: string[] = []
  let links = 0
  for (const page of await pages()) {
    for (const link of linksIn(await read(page))) {
      links += 1
      if (!(await isThere(page, link))) dead.push(`${page}: ${link}`)
    }
  }
  expect(dead).toEqual([])
  expect(links).toBeGreaterThan(50)
})

test('each decision has a number of its own, the one in its heading', async () => {
  const decisions = (await readdir(join(root, 'docs/decisions'))).toSorted()
  const numbers = await Promise.all(
    decisions.map(async (name) => Number(/^# (\d+)\. /.exec(await read(`docs/decisions/${name}`))?.[1])),
  )
  expect(decisions.map((name) => Number(name.slice(0, 4)))).toEqual(numbers)
  expect(numbers).toEqual(decisions.map((_, index) => index + 1))
})

test('every guide can be reached from the README', async () => {
  const reached = new Set(['README.md'])
  for (const page of reached) {
    for (const link of linksIn(await read(page))) {
      const [path = ''] = link.split('#')
      if (path.endsWith('.md')) reached.add(join(dirname(page), path))
    }
  }
  const guides = (await pages()).filter((page) => /^docs\/(clients\/)?[^/]+$/.test(page))
  expect(guides.filter((guide) => !reached.has(guide))).toEqual([])
})
