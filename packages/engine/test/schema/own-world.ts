import type { NewColumn } from '@dynacamp/simulators'
import { createWorld } from '../support/world.ts'

/** A custom column of every type that D365 has. */
const customColumns = [
  { name: 'new_Text', type: 'text', label: 'Own text', maxLength: 77 },
  { name: 'new_Email', type: 'text', label: 'Own e-mail', maxLength: 100, format: 'Email' },
  { name: 'new_Phone', type: 'text', label: 'Own phone', maxLength: 50, format: 'Phone' },
  { name: 'new_Url', type: 'text', label: 'Own site', maxLength: 200, format: 'Url' },
  { name: 'new_Area', type: 'text', label: 'Own area', maxLength: 500, format: 'TextArea' },
  { name: 'new_Memo', type: 'memo', label: 'Own memo', maxLength: 4000 },
  { name: 'new_Count', type: 'integer', label: 'Own count', min: 0, max: 10 },
  { name: 'new_Big', type: 'bigint', label: 'Own big' },
  { name: 'new_Share', type: 'decimal', label: 'Own share', min: 0, max: 1, precision: 4 },
  { name: 'new_Ratio', type: 'double', label: 'Own ratio', min: -1, max: 1, precision: 3 },
  { name: 'new_Price', type: 'money', label: 'Own price', min: 0, max: 1e9, precision: 2 },
  { name: 'new_Vip', type: 'boolean', label: 'Own VIP', optionLabels: ['Regular', 'VIP'] },
  {
    name: 'new_Segment',
    type: 'choice',
    label: 'Own segment',
    options: [
      { value: 20, label: 'Silver' },
      { value: 10, label: 'Gold' },
    ],
  },
  {
    name: 'new_Interests',
    type: 'choices',
    label: 'Own interests',
    options: [
      { value: 1, label: 'Sailing' },
      { value: 2, label: 'Chess' },
    ],
  },
  { name: 'new_Since', type: 'date', label: 'Own day', behavior: 'DateOnly' },
  { name: 'new_Seen', type: 'datetime', label: 'Own moment', behavior: 'UserLocal' },
  { name: 'new_Opens', type: 'datetime', label: 'Own wall clock', behavior: 'TimeZoneIndependent' },
  {
    name: 'new_Partner',
    type: 'lookup',
    label: 'Own partner',
    targets: { account: 'new_contact_Partner_account' },
  },
  { name: 'new_Token', type: 'guid', label: 'Own id' },
  { name: 'new_Kind', type: 'entityname', label: 'Own kind' },
  { name: 'new_Photo', type: 'image', label: 'Own photo' },
  { name: 'new_Setting', type: 'managed', label: 'Own setting' },
  {
    name: 'new_Code',
    type: 'text',
    label: 'Own code',
    validForUpdate: false,
    required: 'ApplicationRequired',
  },
  { name: 'new_Rank', type: 'integer', label: 'Own rank', validForCreate: false, validForUpdate: false },
  {
    name: 'new_Total',
    type: 'money',
    label: 'Own total',
    validForCreate: false,
    validForUpdate: false,
    sourceType: 2,
  },
  {
    name: 'new_PartnerName',
    type: 'text',
    label: 'Own partner name',
    validForOData: false,
    attributeOf: 'new_partner',
  },
  { name: 'new_Secret', type: 'text', label: 'Own secret', validForOData: false },
] as const satisfies readonly NewColumn[]

const contactFieldTypes = ['text', 'textarea', 'date', 'datetime', 'hidden', 'number'] as const
const optionTypes = ['dropdown', 'radio', 'listbox', 'checkbox'] as const
const accountFields = [
  { fieldLabel: 'Tier', fieldType: 'dropdown', fieldOptions: ['B', 'A'] },
  { fieldLabel: 'Regions', fieldType: 'multiselect', fieldOptions: ['North', 'South'] },
  { fieldLabel: 'Revenue', fieldType: 'currency', fieldDefaultCurrency: 'EUR' },
  { fieldLabel: 'Budget', fieldType: 'currency' },
  { fieldLabel: 'Contract', fieldType: 'file' },
] as const

/** How many custom fields the contacts have; lists show 20 of them unless they are read to the end. */
export const contactFieldCount = 150

/** Two environments that have been customised as far as it goes. */
export const createOwnWorld = async () => {
  const world = createWorld()
  const { activeCampaign: simulator, dynamics, clients } = world
  for (const column of customColumns) dynamics.defineColumn('contact', column)
  for (const type of optionTypes) {
    simulator.defineField({ title: `Own ${type}`, type, perstag: `OWN_${type}`, options: ['Silver', 'Gold'] })
  }
  const plain = contactFieldCount - simulator.fields().length
  for (let number = 0; number < plain; number += 1) {
    const type = contactFieldTypes[number % contactFieldTypes.length] ?? 'text'
    simulator.defineField({ title: `Field ${number}`, type, perstag: `F${number}` })
  }
  for (const field of accountFields) {
    const personalization = field.fieldLabel.toUpperCase()
    simulator.insert('accountCustomFieldMeta', { personalization, ...field })
  }
  const names = (name: string) => ({ singular: name, plural: `${name}s` })
  await clients.activeCampaign.customObjects.schemas.create({
    slug: 'project',
    labels: names('Project'),
    fields: [
      { id: 'title', labels: names('Title'), type: 'text', required: true },
      { id: 'weight', labels: names('Weight'), type: 'decimal', scale: 2 },
      { id: 'price', labels: names('Price'), type: 'currency', defaultCurrency: 'USD' },
      {
        id: 'stage',
        labels: names('Stage'),
        type: 'dropdown',
        options: [{ value: 'Won' }, { value: 'Lost' }],
      },
      { id: '__proto__', labels: names('Prototype'), type: 'text' },
    ],
    relationships: [],
  })
  return world
}
