import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { z } from 'zod'

const headers = z.record(z.string(), z.string()).default({})

const exchangeShape = z.looseObject({
  source: z.string(),
  quality: z.string(),
  note: z.string().optional(),
  request: z.looseObject({
    method: z.string(),
    path: z.string(),
    query: z.record(z.string(), z.union([z.string(), z.array(z.string())])).default({}),
    query_string: z.string().optional(),
    headers,
    body: z.json().default(null),
  }),
  response: z.looseObject({ status: z.int(), headers, body: z.json().default(null) }),
})

/** One HTTP exchange that somebody recorded or documented. */
export type Exchange = z.infer<typeof exchangeShape> & { readonly file: string }

/** The exchanges under a folder, and the JSON files there that are none, each with the reason. */
export interface ExchangeFolder {
  readonly exchanges: readonly Exchange[]
  readonly others: readonly { readonly file: string; readonly reason: string }[]
}

/** Reads every `.json` file under a folder (or the one file), in the order of their names. */
export async function readExchanges(path: string): Promise<ExchangeFolder> {
  const exchanges: Exchange[] = []
  const others: { file: string; reason: string }[] = []
  for (const file of await jsonFiles(path)) {
    const name = relative(path, file) || basename(file)
    const parsed = exchangeShape.safeParse(parseJson(await readFile(file, 'utf8')))
    if (parsed.success) exchanges.push({ ...parsed.data, file: name })
    else others.push({ file: name, reason: z.prettifyError(parsed.error).replaceAll(/\s*\n\s*/g, ' ') })
  }
  return { exchanges, others }
}

async function jsonFiles(path: string): Promise<string[]> {
  if ((await stat(path)).isFile()) return [path]
  const names = await readdir(path, { recursive: true })
  return names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(path, name))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
