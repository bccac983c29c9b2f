import { right } from 'fp-ts/lib/Either.js'
import { type Codec, codec, isString, isStrings, problem, read } from './codec.ts'
import { dayText, instantText } from './text-codecs.ts'

/** Longest value of a text field; ActiveCampaign's editor takes no more. */
const textFieldLength = 255

/** Several lines in one. */
export const oneLineText: Codec<string, string> = codec(
  'text',
  isString,
  right,
  (value) => value.replaceAll(/\s*\r?\n\s*/g, ' '),
  (value) =>
    value.length > textFieldLength
      ? problem('too-long', `${value.length} characters, but the field holds ${textFieldLength}.`)
      : undefined,
)

/** Labels as Dataverse itself prints several choices. */
export const joinedText = (
  labels: Codec<readonly string[], readonly string[]>,
): Codec<readonly string[], string> =>
  codec(
    'options',
    isStrings,
    (text) =>
      read(
        labels,
        text.split(';').map((part) => part.trim()),
      ),
    (value) => labels.type.encode(value).join('; '),
  )

/** The UTC day of an instant. */
export const dayOfInstantText: Codec<number, string> = codec(
  'date',
  (value): value is number => typeof value === 'number',
  (text) => {
    const day = read(dayText, text)
    return day._tag === 'Left' ? day : read(instantText, `${day.right}T00:00:00Z`)
  },
  (instant) => instantText.type.encode(instant).slice(0, 10),
)
