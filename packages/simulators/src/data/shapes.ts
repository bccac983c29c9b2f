import { z } from 'zod'
import { isColumn, isColumnName } from './infer-columns.ts'

const guid = z.guid('is not a GUID')
const text = z.string('is not a text').nullable()
const flag = z.boolean('is not true or false').nullable()
const number = z.number('is not a number').nullable()
const integer = z.int('is not a whole number').nullable()
const date = z.iso.date('is not a date such as 2024-02-29').nullable()

/** The standard columns whose type a data file must keep; every other column is taken as it comes. */
const person = {
  firstname: text,
  lastname: text,
  emailaddress1: text,
  emailaddress2: text,
  emailaddress3: text,
  telephone1: text,
  telephone2: text,
  mobilephone: text,
  jobtitle: text,
  description: text,
  address1_line1: text,
  address1_city: text,
  address1_postalcode: text,
  address1_country: text,
  donotbulkemail: flag,
  donotemail: flag,
  donotphone: flag,
  preferredcontactmethodcode: integer,
}

const state = { statecode: integer, statuscode: integer }

/** A column in another case would be none that the service knows. */
const namesColumns: z.core.CheckFn<object> = ({ value, issues }) => {
  const wrong = Object.entries(value).find(([name, held]) => isColumn(name, held) && !isColumnName(name))
  if (wrong === undefined) return
  const message = "is no column's name (lower-case letters, digits and _)"
  issues.push({ code: 'custom', input: wrong[1], path: [wrong[0]], message })
}

/** Optional, known columns over any others. A row's own key may be left out: it is then made up on loading. */
const rowOf = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.looseObject(z.object(shape).partial().shape, 'is not an object').catchall(z.json()).check(namesColumns)

const columnShape = z.object({
  table: z.enum(['contacts', 'leads', 'accounts', 'opportunities']),
  name: z.string(),
  label: z.string(),
  type: z.enum(['boolean', 'integer', 'decimal', 'date', 'datetime', 'text', 'memo', 'choice', 'choices']),
  options: z.array(z.object({ value: z.int(), label: z.string() })).exactOptional(),
})

/** The shape of each list that a Dynamics data file may hold. */
export const dynamicsRowShapes = {
  contacts: rowOf({
    ...person,
    ...state,
    contactid: guid,
    birthdate: date,
    anniversary: date,
    annualincome: number,
    numberofchildren: integer,
    gendercode: integer,
    familystatuscode: integer,
  }),
  leads: rowOf({
    ...person,
    ...state,
    leadid: guid,
    subject: text,
    companyname: text,
    estimatedclosedate: date,
  }),
  accounts: rowOf({
    ...state,
    accountid: guid,
    name: text,
    emailaddress1: text,
    telephone1: text,
    revenue: number,
  }),
  opportunities: rowOf({
    ...state,
    opportunityid: guid,
    name: text,
    estimatedvalue: number,
    actualvalue: number,
    estimatedclosedate: date,
    actualclosedate: date,
    closeprobability: integer,
  }),
  columns: columnShape,
}

const anyId = z.union([z.string(), z.int()], 'is not an id')
const id = anyId.exactOptional()
const optionalText = text.exactOptional()

const fieldValue = z.looseObject(
  {
    field: z.union([z.string().min(1), z.int()], 'is not a field id, personalisation tag or title'),
    value: z.union(
      [z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())],
      'is not a text, number, true, false or list of texts',
    ),
  },
  'is not an object with field and value',
)

/** `GET /contacts/{id}` shows ids of values on the contact: `["1", "2"]`. */
const withoutIds = (values: unknown): unknown =>
  Array.isArray(values)
    ? values.filter((value) => typeof value !== 'string' && typeof value !== 'number')
    : values

/** What the service sends beside the rows and a data file needs: values by contact, the texts of options. */
export const besideShapes = {
  fieldValues: z.looseObject({ contact: anyId, ...fieldValue.shape }, 'is not an object'),
  fieldOptions: z.looseObject({ id: anyId, value: z.string('is not a text') }, 'is not an object'),
}

/** The shape of each list that an ActiveCampaign data file may hold. */
export const activeCampaignRowShapes = {
  contacts: z.looseObject(
    {
      id,
      email: optionalText,
      firstName: optionalText,
      lastName: optionalText,
      phone: optionalText,
      fieldValues: z.preprocess(withoutIds, z.array(fieldValue, 'is not a list')).exactOptional(),
      tags: z.array(z.string('is not the name of a tag'), 'is not a list').exactOptional(),
    },
    'is not an object',
  ),
  accounts: z.looseObject(
    { id, name: z.string('is not a text').min(1, 'is empty'), accountUrl: optionalText },
    'is not an object',
  ),
  fields: z.object({
    id,
    title: z.string(),
    type: z.enum([
      'text',
      'textarea',
      'number',
      'date',
      'datetime',
      'dropdown',
      'radio',
      'listbox',
      'checkbox',
      'hidden',
    ]),
    perstag: z.string().exactOptional(),
    options: z.array(z.string()).exactOptional(),
  }),
}
