import { parseArgs } from 'node:util'
import { checkExchange } from './conformance/check.ts'
import { exceptions } from './conformance/exceptions.ts'
import { readExchanges } from './conformance/exchange.ts'
import { createReport, renderReport } from './conformance/report.ts'
import type { Verdict } from './conformance/verdict.ts'

const help = `pnpm conformance FOLDER [--json]

Holds clients and simulators against recorded HTTP exchanges, per endpoint:
  decode    the client's schema accepts the recorded response and loses no field
  request   the client can send the recorded request
  simulate  the simulator answers the recorded request with the same status and shape

FOLDER   JSON files {source, quality, request, response}, at any depth
--json   the report as JSON

Exit code 1 when anything falls short that scripts/conformance/exceptions.ts does not name.`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
})
const [path] = positionals

if (values.help || path === undefined) {
  console.log(help)
  process.exitCode = values.help ? 0 : 2
} else {
  const folder = await readExchanges(path)
  const verdicts: Verdict[] = []
  for (const exchange of folder.exchanges) verdicts.push(...(await checkExchange(exchange)))
  const report = createReport(folder, verdicts, exceptions)
  console.log(values.json ? JSON.stringify(report, null, 2) : renderReport(report))
  process.exitCode = report.conforms ? 0 : 1
}
