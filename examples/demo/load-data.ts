import { escapeText } from '@dynacamp/core'
import {
  type ActiveCampaignData,
  type DynamicsData,
  type LoadData,
  type People,
  readActiveCampaignFile,
  readDynamicsFile,
  readPeopleCsv,
  sampleData,
} from '@dynacamp/simulators'
import type { DemoArguments } from './arguments.ts'
import { counted } from './table.ts'

/** The rows to start with, and what to tell about the files they come from. */
export interface LoadedData {
  readonly data: LoadData
  readonly notes: readonly string[]
}

const nobody = (): ActiveCampaignData => ({ ...sampleData({ people: 0 }).activeCampaign })

const peopleNotes = ({ data, ignored, warnings }: People, file: string): readonly string[] => [
  `${file}: ${counted(data.contacts.length, 'person', 'people')}`,
  ...(ignored.length > 0 ? [`ignored columns: ${ignored.map(escapeText).join(', ')}`] : []),
  ...warnings.map(({ row, header, problem }) => `row ${row}: ${escapeText(header)} ${problem}; left blank`),
]

/**
 * Reads the files that were named; what no file was named for is the built-in sample, or nobody when the other side has a
 * file. Nothing is loaded unless all of it can be read.
 *
 * @throws DataFileError with one line that names file, row and problem.
 */
export const loadData = async (args: DemoArguments): Promise<LoadedData> => {
  const sample = sampleData()
  const { dynamics, notes } = await loadDynamics(args, sample.dynamics)
  const alone = args.dynamics !== undefined || args.people !== undefined
  const activeCampaign =
    args.activeCampaign === undefined
      ? alone
        ? nobody()
        : sample.activeCampaign
      : withFields(await readActiveCampaignFile(args.activeCampaign), sample.activeCampaign)
  const dynamicsFile = args.dynamics ?? args.people
  return { data: { dynamics: withColumns(dynamics, sample.dynamics), activeCampaign, dynamicsFile }, notes }
}

const loadDynamics = async (
  { dynamics, people, activeCampaign }: DemoArguments,
  sample: DynamicsData,
): Promise<{ readonly dynamics: DynamicsData; readonly notes: readonly string[] }> => {
  if (dynamics !== undefined) return { dynamics: await readDynamicsFile(dynamics), notes: [] }
  if (people !== undefined) {
    const read = await readPeopleCsv(people)
    return { dynamics: read.data, notes: peopleNotes(read, people) }
  }
  if (activeCampaign !== undefined) return { dynamics: sampleData({ people: 0 }).dynamics, notes: [] }
  return { dynamics: sample, notes: [] }
}

/** The definition maps the sample's custom columns and fields, so both services have them whatever the rows are. */
const withColumns = (data: DynamicsData, sample: DynamicsData): DynamicsData => ({
  ...data,
  columns: [
    ...data.columns,
    ...sample.columns.filter(({ name }) => !data.columns.some((column) => column.name === name)),
  ],
})

const withFields = (data: ActiveCampaignData, sample: ActiveCampaignData): ActiveCampaignData => ({
  ...data,
  fields: [
    ...data.fields,
    ...sample.fields.filter(({ perstag }) => !data.fields.some((field) => field.perstag === perstag)),
  ],
})
