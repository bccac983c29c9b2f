import { readFile } from 'node:fs/promises'
import { expect, test, vi } from 'vitest'
import { createNote } from './support/readme-example.ts'

test("the README's example is the code that compiles here", async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')
  const example = await readFile(new URL('./support/readme-example.ts', import.meta.url), 'utf8')
  expect(readme).toContain(example.trim())
})

test('and it does what it says', async () => {
  const sent: string[] = []
  vi.stubGlobal('fetch', async (request: Request) => {
    sent.push(`${request.method} ${request.url}`)
    if (sent.length > 1) throw new TypeError('fetch failed')
    return Response.json({ note: { id: '1' } }, { status: 201 })
  })
  expect(await createNote('7', 'called')).toEqual({ note: { id: '1' } })
  expect(await createNote('7', 'called again')).toBeUndefined()
  expect(sent).toEqual(Array(2).fill('POST https://example.api-us1.com/api/3/notes'))
  vi.unstubAllGlobals()
})
