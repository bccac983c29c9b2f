/** The arrows of docs/architecture.md, as rules. @type {import('dependency-cruiser').IConfiguration} */
const may = (from, allowed) => ({
  name: `${from}-imports`,
  comment: `${from} may import, of the packages: ${allowed.join(', ') || 'none'}.`,
  severity: 'error',
  from: { path: `^packages/${from}/src` },
  to: { path: '^packages/', pathNot: [from, ...allowed].map((name) => `^packages/${name}/`) },
})

const pure = (name) => ({
  name: `${name}-is-pure`,
  comment: `${name} does no I/O.`,
  severity: 'error',
  // What Node does faster, and other hosts by a twin without the suffix (package.json, imports).
  from: { path: `^packages/${name}/src`, pathNot: '\\.node\\.ts$' },
  to: { dependencyTypes: ['core'] },
})

export default {
  forbidden: [
    may('mapping-dsl', []),
    may('core', ['mapping-dsl']),
    may('http', []),
    may('dynamics-client', ['http']),
    may('activecampaign-client', ['http']),
    may('simulators', ['mapping-dsl']),
    may('engine', ['core', 'mapping-dsl', 'http', 'dynamics-client', 'activecampaign-client']),
    pure('mapping-dsl'),
    pure('core'),
    {
      name: 'through-the-index',
      comment: 'A package is used through its index file only.',
      severity: 'error',
      from: { path: '^(packages/([^/]+)|examples)/' },
      to: { path: '^packages/[^/]+/src/(?!index\\.ts$)', pathNot: '^packages/$2/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'declared-dependencies',
      comment: 'A published package names what it uses in its own package.json.',
      severity: 'error',
      from: { path: '^packages/[^/]+/src' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@dynacamp/source', 'types', 'import', 'node', 'default'],
      extensions: ['.ts', '.mjs', '.js', '.json'],
    },
  },
}
