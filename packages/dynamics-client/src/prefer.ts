import type { TableNames } from './schema/table.ts'
import { hasOpenLookup } from './schema/table-columns.ts'

export interface Preferences {
  readonly returnRepresentation?: boolean
  readonly trackChanges?: boolean
  readonly maxPageSize?: number | undefined
  readonly annotations?: readonly string[]
}

/** The one `Prefer` header of a request. */
export const preferHeader = (preferences: Preferences): Readonly<Record<string, string>> => {
  const { annotations = [], maxPageSize } = preferences
  const parts = [
    preferences.returnRepresentation === true ? 'return=representation' : undefined,
    preferences.trackChanges === true ? 'odata.track-changes' : undefined,
    maxPageSize === undefined ? undefined : `odata.maxpagesize=${maxPageSize}`,
    annotations.length === 0 ? undefined : `odata.include-annotations="${annotations.join(',')}"`,
  ].filter((part) => part !== undefined)
  return parts.length === 0 ? {} : { Prefer: parts.join(',') }
}

export const formattedValueAnnotation = 'OData.Community.Display.V1.FormattedValue'
export const lookupTableAnnotation = 'Microsoft.Dynamics.CRM.lookuplogicalname'

/** The annotations that a read asks for. */
export const wantedAnnotations = (
  table: TableNames,
  options: {
    readonly select?: readonly string[] | undefined
    readonly formattedValues?: boolean | undefined
    readonly lookupTables?: boolean | undefined
  },
): readonly string[] => [
  ...(options.formattedValues === true ? [formattedValueAnnotation] : []),
  ...((options.lookupTables ?? hasOpenLookup(table, options.select)) ? [lookupTableAnnotation] : []),
]
