import { createRandom } from '../../shared/random.ts'

/** Metadata ids follow from what they stand for, so that they are the same in every environment. */
export const metadataId = (of: string): string => createRandom(0).fork(`metadata ${of}`).guid()

/** A text in the one language that a fresh environment has. */
export function label(text: string | undefined, of: string): Readonly<Record<string, unknown>> {
  if (text === undefined) return { LocalizedLabels: [], UserLocalizedLabel: null }
  const localized = {
    Label: text,
    LanguageCode: 1033,
    IsManaged: true,
    MetadataId: metadataId(`label ${of}`),
    HasChanged: null,
  }
  return { LocalizedLabels: [localized], UserLocalizedLabel: localized }
}

/** A setting that solutions may lock. */
export const managed = (
  value: unknown,
  name: string,
  canBeChanged = true,
): Readonly<Record<string, unknown>> => ({
  Value: value,
  CanBeChanged: canBeChanged,
  ManagedPropertyLogicalName: name,
})
