import { readFile } from 'node:fs/promises'
import { DataFileError } from './data-file-error.ts'

/** The text of a file that must be UTF-8, without a byte order mark. */
export async function readText(path: string): Promise<string> {
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    const problem = cause.code === 'ENOENT' ? 'there is no such file' : `cannot be read (${cause.code})`
    throw new DataFileError('missing', path, problem)
  })
  const text = decode(bytes, path)
  if (text.trim() === '') throw new DataFileError('empty', path, 'the file is empty')
  return text
}

function decode(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new DataFileError('syntax', path, 'this is not UTF-8 text; save it as UTF-8')
  }
}
