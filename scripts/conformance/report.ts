import { type Exception, exceptionFor } from './exception.ts'
import type { ExchangeFolder } from './exchange.ts'
import { type Check, checks, type Verdict } from './verdict.ts'

/** Exchanges that hold, that fall short, and that an exception covers. */
interface Tally {
  readonly holds: number
  readonly short: number
  readonly excepted: number
}

interface Shortfall {
  readonly file: string
  readonly endpoint: string
  readonly check: Check
  readonly problems: readonly string[]
}

/** The outcome of a run, endpoint by endpoint. */
export interface Report {
  readonly exchanges: number
  readonly notExchanges: ExchangeFolder['others']
  readonly endpoints: readonly {
    readonly endpoint: string
    readonly checks: Readonly<Record<Check, Tally>>
  }[]
  readonly shortfalls: readonly Shortfall[]
  /** Exceptions that were needed, with the number of exchanges they covered. */
  readonly excepted: readonly {
    readonly endpoint: string
    readonly reason: string
    readonly exchanges: number
  }[]
  readonly conforms: boolean
}

/** Sorts verdicts into what holds, what falls short and what the list of exceptions covers. */
export function createReport(
  folder: ExchangeFolder,
  verdicts: readonly Verdict[],
  exceptions: readonly Exception[],
): Report {
  const judged = verdicts.map((verdict) => judge(verdict, exceptions))
  const shortfalls = judged.flatMap(({ verdict: { file, endpoint, check }, open }) =>
    open.length === 0 ? [] : [{ file, endpoint, check, problems: open }],
  )
  const endpoints = new Map<string, Judged[]>()
  for (const one of judged) {
    endpoints.set(one.verdict.endpoint, [...(endpoints.get(one.verdict.endpoint) ?? []), one])
  }
  return {
    exchanges: folder.exchanges.length,
    notExchanges: folder.others,
    endpoints: [...endpoints].map(([endpoint, all]) => ({
      endpoint,
      checks: {
        decode: tally(all.filter(({ verdict }) => verdict.check === 'decode')),
        request: tally(all.filter(({ verdict }) => verdict.check === 'request')),
        simulate: tally(all.filter(({ verdict }) => verdict.check === 'simulate')),
      },
    })),
    shortfalls,
    excepted: exceptions.flatMap((exception) => {
      const files = judged.filter(({ used }) => used.has(exception)).map(({ verdict }) => verdict.file)
      const { endpoint, reason } = exception
      return files.length === 0 ? [] : [{ endpoint, reason, exchanges: new Set(files).size }]
    }),
    conforms: shortfalls.length === 0,
  }
}

interface Judged {
  readonly verdict: Verdict
  /** Problems that no exception covers. */
  readonly open: readonly string[]
  readonly used: ReadonlySet<Exception>
}

function judge(verdict: Verdict, exceptions: readonly Exception[]): Judged {
  const used = new Set<Exception>()
  const open = verdict.problems.filter((problem) => {
    const exception = exceptionFor(verdict, problem, exceptions)
    if (exception) used.add(exception)
    return exception === undefined
  })
  return { verdict, open, used }
}

function tally(judged: readonly Judged[]): Tally {
  const short = judged.filter(({ open }) => open.length > 0).length
  const holds = judged.filter(({ verdict }) => verdict.problems.length === 0).length
  return { holds, short, excepted: judged.length - short - holds }
}

/** The report for people: a line an endpoint, then what falls short, then what was excused. */
export function renderReport(report: Report): string {
  const width = Math.max(...report.endpoints.map(({ endpoint }) => endpoint.length), 8)
  const cell = ({ holds, short, excepted }: Tally) =>
    [
      holds > 0 ? `${holds} ok` : '',
      short > 0 ? `${short} SHORT` : '',
      excepted > 0 ? `${excepted} excepted` : '',
    ]
      .filter((part) => part !== '')
      .join(', ')
  const row = (endpoint: string, cells: readonly string[]) =>
    [endpoint.padEnd(width), ...cells.map((text) => text.padEnd(22))].join('  ').trimEnd()
  return [
    row('endpoint', checks),
    ...report.endpoints.map(({ endpoint, checks: of }) =>
      row(
        endpoint,
        checks.map((check) => cell(of[check])),
      ),
    ),
    '',
    ...report.shortfalls.flatMap(({ file, endpoint, check, problems }) => [
      `${check}: ${endpoint} (${file})`,
      ...problems.map((problem) => `    ${problem}`),
    ]),
    ...report.excepted.map(
      ({ endpoint, reason, exchanges }) => `excepted: ${endpoint} (${exchanges}): ${reason}`,
    ),
    ...report.notExchanges.map(({ file }) => `no exchange: ${file}`),
    `${report.exchanges} exchanges of ${report.endpoints.length} endpoints; ${report.shortfalls.length} shortfalls`,
  ].join('\n')
}
