/** How a CSV value becomes a column's value; `undefined` when the column cannot hold it. */
export interface PeopleColumn {
  readonly column: string
  readonly maxLength?: number
  readonly type: 'text' | 'date' | 'gender'
}

/** The contact columns a CSV of people may fill, each with the headers it goes by. Lengths: contact, shipped defaults. */
const columns: readonly (PeopleColumn & { readonly headers: readonly string[] })[] = [
  text('firstname', 50, 'first name', 'given name', 'forename', 'christian name'),
  text('middlename', 50, 'middle name', 'second name'),
  text('lastname', 50, 'last name', 'surname', 'family name'),
  text('salutation', 100, 'title', 'prefix', 'name prefix', 'honorific'),
  text('suffix', 10, 'name suffix'),
  text('nickname', 100, 'nick name'),
  text('emailaddress1', 100, 'email', 'e-mail', 'email address', 'e-mail address', 'mail', 'email 1'),
  text('emailaddress2', 100, 'email 2', 'second email', 'other email'),
  text(
    'telephone1',
    50,
    'phone',
    'phone number',
    'telephone',
    'telephone number',
    'tel',
    'business phone',
    'work phone',
  ),
  text('telephone2', 50, 'home phone', 'private phone'),
  text('mobilephone', 50, 'mobile', 'mobile phone', 'mobile number', 'cell', 'cell phone', 'cellphone'),
  text('fax', 50, 'fax number'),
  text('jobtitle', 100, 'job title', 'job', 'position', 'occupation', 'profession'),
  text('department', 100),
  text('address1_line1', 250, 'street', 'street address', 'address', 'address line 1', 'address 1'),
  text('address1_line2', 250, 'address line 2', 'address 2'),
  text('address1_city', 80, 'city', 'town', 'place', 'locality'),
  text('address1_stateorprovince', 50, 'state', 'province', 'region'),
  text('address1_county', 50, 'county'),
  text('address1_postalcode', 20, 'postcode', 'post code', 'postal code', 'zip', 'zip code'),
  text('address1_country', 80, 'country'),
  text('websiteurl', 200, 'website', 'web site', 'homepage', 'url'),
  text('description', 2000, 'notes', 'note', 'comment', 'comments'),
  {
    column: 'birthdate',
    type: 'date',
    headers: ['dob', 'birthdate', 'birthday', 'date of birth', 'birth date'],
  },
  { column: 'gendercode', type: 'gender', headers: ['gender', 'sex'] },
]

const byHeader = new Map(
  columns.flatMap((entry) => [entry.column, ...entry.headers].map((header) => [normalise(header), entry])),
)

/** The contact column that a CSV header means, whatever its case, blanks, hyphens and underscores. */
export function peopleColumn(header: string): PeopleColumn | undefined {
  return byHeader.get(normalise(header))
}

function text(column: string, maxLength: number, ...headers: readonly string[]) {
  return { column, maxLength, type: 'text', headers } as const
}

function normalise(header: string): string {
  return header.toLowerCase().replaceAll(/[\s_.-]/g, '')
}
