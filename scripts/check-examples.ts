import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import ts from 'typescript'

/** A piece of code in a doc comment or a guide. */
export interface Snippet {
  /** `packages/http/src/clock.ts:12` */
  readonly where: string
  readonly code: string
}

const root = resolve(import.meta.dirname, '..')

const sourceFiles = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))

const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length

const unfenced = (text: string): string => /```ts\n([\s\S]*?)```/.exec(text)?.[1] ?? text

/** The `@example` blocks of a package, with or without a fence. */
export const examplesOf = (packageName: string): readonly Snippet[] =>
  sourceFiles(join(root, 'packages', packageName, 'src')).flatMap((file) => {
    const text = readFileSync(file, 'utf8')
    return [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap((comment) => {
      const lines = comment[0].replace(/\*\/$/, '').split('\n')
      const body = lines.map((line) => line.replace(/^\s*(\/\*)?\* ?/, '')).join('\n')
      return [...body.matchAll(/@example([\s\S]*?)(?=\n@\w|$)/g)].map((example) => ({
        where: `${relative(root, file)}:${lineAt(text, comment.index) + lineAt(body, example.index) - 1}`,
        code: unfenced(example[1] ?? ''),
      }))
    })
  })

/** The fenced TypeScript of a guide. */
export const samplesOf = (markdownFile: string): readonly Snippet[] => {
  const text = readFileSync(join(root, markdownFile), 'utf8')
  return [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map((sample) => ({
    where: `${markdownFile}:${lineAt(text, sample.index)}`,
    code: sample[1] ?? '',
  }))
}

const projectOptions = (): ts.CompilerOptions => {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
  return { ...ts.parseJsonConfigFileContent(config.config, ts.sys, root).options, incremental: false }
}

/** An example may name what it makes and stop there. */
const compilerOptions = (): ts.CompilerOptions => ({
  ...projectOptions(),
  noUnusedLocals: false,
  noUnusedParameters: false,
})

/** The package's own exports that a snippet uses without importing them, as an import. */
const impliedImport = (code: string, packageName: string, exported: readonly string[]): string => {
  const source = ts.createSourceFile('snippet.ts', code, ts.ScriptTarget.Latest, true)
  const used = new Set<string>()
  const declared = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isImportSpecifier(node)) declared.add(node.name.text)
    else if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name)) declared.add(node.name.text)
    else if (ts.isIdentifier(node)) used.add(node.text)
    ts.forEachChild(node, visit)
  }
  visit(source)
  const missing = exported.filter((name) => used.has(name) && !declared.has(name))
  return `import { ${missing.join(', ')} } from '@dynacamp/${packageName}'; `
}

/** What was parsed: the libraries and the packages are the same in every program, and most of each. */
const parsed = new Map<string, ts.SourceFile>()

/** A program of these files; some of them may exist nowhere but here. */
const programOf = (
  names: readonly string[],
  options: ts.CompilerOptions,
  texts: ReadonlyMap<string, string> = new Map(),
): ts.Program => {
  const host = ts.createCompilerHost(options)
  const { fileExists, readFile, getSourceFile } = host
  host.fileExists = (name) => texts.has(name) || fileExists(name)
  host.readFile = (name) => texts.get(name) ?? readFile(name)
  host.getSourceFile = (name, language, ...rest) => {
    const text = texts.get(name)
    if (text !== undefined) return ts.createSourceFile(name, text, language)
    const file = parsed.get(name) ?? getSourceFile(name, language, ...rest)
    if (file !== undefined) parsed.set(name, file)
    return file
  }
  return ts.createProgram(names, options, host)
}

const exportsOf = (program: ts.Program, indexFile: string): readonly string[] => {
  const index = program.getSourceFile(indexFile)
  const symbol = index && program.getTypeChecker().getSymbolAtLocation(index)
  return symbol
    ? program
        .getTypeChecker()
        .getExportsOfModule(symbol)
        .map(({ name }) => name)
    : []
}

/** Type-checks snippets as modules in this folder. One line per error: where the snippet stands, and what the compiler says. */
const errorsIn = (
  folder: string,
  snippets: readonly Snippet[],
  options: ts.CompilerOptions,
): readonly string[] => {
  const files = snippets.map(({ where, code }, index) => ({
    where,
    code,
    name: join(root, folder, `snippet-${index}.ts`),
  }))
  const texts = new Map(files.map(({ name, code }) => [name, code]))
  const program = programOf([...texts.keys()], options, texts)
  return files.flatMap(({ where, name }) => {
    const file = program.getSourceFile(name)
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
    return found.map(({ messageText, start = 0 }) => {
      const line = file?.getLineAndCharacterOfPosition(start).line ?? 0
      return `${where} (line ${line + 1} of it): ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
    })
  })
}

/**
 * Type-checks whole programs as they would stand in this folder, under every rule of the project.
 * @returns one line per error: where the program stands, and what the compiler says.
 */
export const checkPrograms = (folder: string, programs: readonly Snippet[]): readonly string[] =>
  errorsIn(folder, programs, projectOptions())

/**
 * Type-checks snippets as modules that stand beside the package's tests. What the package exports need not be imported.
 * @returns one line per error: where the snippet stands, and what the compiler says.
 */
export const checkSnippets = (packageName: string, snippets: readonly Snippet[]): readonly string[] => {
  const options = { ...compilerOptions(), verbatimModuleSyntax: false }
  const indexFile = join(root, 'packages', packageName, 'src', 'index.ts')
  const exported = exportsOf(programOf([indexFile], options), indexFile)
  const modules = snippets.map(({ where, code }) => ({
    where,
    code: `${impliedImport(code, packageName, exported)}${code}\nexport {}\n`,
  }))
  return errorsIn(join('packages', packageName, 'test'), modules, options)
}

const hasDoc = (symbol: ts.Symbol, checker: ts.TypeChecker): boolean =>
  ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim() !== ''

const hasExample = (symbol: ts.Symbol): boolean =>
  symbol.getJsDocTags().some(({ name }) => name === 'example')

const isMethod = (symbol: ts.Symbol): boolean => (symbol.flags & ts.SymbolFlags.Method) !== 0

/**
 * What a package exports without saying what it is. Everything needs a doc comment; values, and the methods of exported
 * interfaces, an example too.
 */
export const undocumentedExports = (packageName: string): readonly string[] => {
  const indexFile = join(root, 'packages', packageName, 'src', 'index.ts')
  const program = programOf([indexFile], compilerOptions())
  const checker = program.getTypeChecker()
  const index = program.getSourceFile(indexFile)
  const module = index && checker.getSymbolAtLocation(index)
  if (module === undefined) return [`${indexFile} is no module`]
  return checker.getExportsOfModule(module).flatMap((exported) => {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported
    const isValue = (symbol.flags & ts.SymbolFlags.Value) !== 0
    const methods =
      symbol.flags & ts.SymbolFlags.Interface ? [...(symbol.members?.values() ?? [])].filter(isMethod) : []
    return [
      ...(hasDoc(symbol, checker) ? [] : [`${symbol.name}: no doc comment`]),
      ...(isValue && !hasExample(symbol) ? [`${symbol.name}: no example`] : []),
      ...methods.flatMap((method) =>
        hasDoc(method, checker) && hasExample(method)
          ? []
          : [`${symbol.name}.${method.name}: no doc comment or example`],
      ),
    ]
  })
}
