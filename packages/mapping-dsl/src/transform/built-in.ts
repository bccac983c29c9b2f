import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js'
import type { Registry, Transform, TransformStep } from './transform.ts'

/** The same change on both ways: it makes a value regular, and leaves a regular one alone. */
const regular = (description: string, step: TransformStep): Transform => ({
  description,
  toActiveCampaign: step,
  toDynamics: step,
})

const e164: TransformStep = (text, parameters) => {
  const region = String(parameters.region)
  if (!isSupportedCountry(region)) return { refused: `“${region}” is no country code such as DE.` }
  const parsed = parsePhoneNumberFromString(text, region)
  return parsed?.isValid() === true
    ? parsed.number
    : { refused: 'This is no valid phone number: write it with its country code, such as +49 30 901820.' }
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/)

/**
 * The transforms that every host has.
 *
 * @example
 * ```ts
 * import { map } from '@dynacamp/mapping-dsl'
 *
 * export const phone = map('telephone1', 'phone', { via: [{ name: 'e164', with: { region: 'DE' } }] })
 * ```
 */
export const builtInTransforms = {
  trim: regular('without blanks at the ends', (text) => text.trim()),
  lowerCase: regular('in small letters', (text) => text.toLowerCase()),
  upperCase: regular('in capital letters', (text) => text.toUpperCase()),
  e164: { ...regular('as an international phone number (E.164)', e164), parameters: { region: 'DE' } },
  constant: {
    description: 'always the same text',
    toActiveCampaign: (_text, parameters) => String(parameters.value),
    whenBlank: (parameters) => String(parameters.value),
    parameters: { value: 'CRM' },
  },
  default: {
    description: 'a text in place of an empty column, which comes back as empty',
    toActiveCampaign: (text) => text,
    toDynamics: (text, parameters) => (text.trim() === String(parameters.value).trim() ? '' : text),
    whenBlank: (parameters) => String(parameters.value),
    parameters: { value: 'unknown' },
  },
  prefix: {
    description: 'with a text before it, which is taken away on the way back',
    toActiveCampaign: (text, parameters) => String(parameters.text) + text,
    toDynamics: (text, parameters) =>
      text.startsWith(String(parameters.text))
        ? text.slice(String(parameters.text).length)
        : { refused: `Does not begin with “${parameters.text}”.` },
    parameters: { text: 'CRM-' },
  },
  truncate: {
    description: 'cut to a number of characters',
    toActiveCampaign: (text, parameters) => [...text].slice(0, Number(parameters.length)).join(''),
    parameters: { length: 255 },
  },
  firstWord: {
    description: 'the first word, such as the first name of a full name',
    toDynamics: (text) => words(text)[0] ?? '',
  },
  otherWords: {
    description: 'all words but the first, such as the last name of a full name',
    toDynamics: (text) => words(text).slice(1).join(' '),
  },
} as const satisfies Readonly<Record<string, Transform>>

/** Finds a transform by name: the built-in ones first, so that a host cannot change what they mean. */
export const findTransform = (name: string, registry: Registry | undefined): Transform | undefined => {
  const builtIn: Readonly<Record<string, Transform>> = builtInTransforms
  if (Object.hasOwn(builtIn, name)) return builtIn[name]
  return registry !== undefined && Object.hasOwn(registry.transforms, name)
    ? registry.transforms[name]
    : undefined
}
