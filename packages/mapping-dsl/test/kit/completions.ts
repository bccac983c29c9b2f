import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import ts from 'typescript'

const root = resolve(import.meta.dirname, '../../../..')
const file = resolve(import.meta.dirname, '__completions.ts')

const options = (): ts.CompilerOptions => {
  const config = ts.readConfigFile(resolve(root, 'tsconfig.json'), ts.sys.readFile)
  return { ...ts.parseJsonConfigFileContent(config.config, ts.sys, root).options, incremental: false }
}

const settings = options()
let code = ''
let version = 0

/** One editor, in which one file is written over again. */
const service = ts.createLanguageService({
  getScriptFileNames: () => [file],
  getScriptVersion: (name) => (name === file ? String(version) : '1'),
  getScriptSnapshot: (name) => {
    if (name === file) return ts.ScriptSnapshot.fromString(code)
    return existsSync(name) ? ts.ScriptSnapshot.fromString(readFileSync(name, 'utf8')) : undefined
  },
  getCurrentDirectory: () => root,
  getCompilationSettings: () => settings,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: (name) => name === file || ts.sys.fileExists(name),
  readFile: (name) => (name === file ? code : ts.sys.readFile(name)),
  directoryExists: ts.sys.directoryExists,
  getDirectories: ts.sys.getDirectories,
})

/** What an editor offers at the bar in a piece of code. */
export const completionsIn = (codeWithBar: string): readonly string[] => {
  const at = codeWithBar.indexOf("'|'") + 1
  code = `${codeWithBar.slice(0, at)}${codeWithBar.slice(at + 1)}`
  version += 1
  return service.getCompletionsAtPosition(file, at, {})?.entries.map(({ name }) => name) ?? []
}
