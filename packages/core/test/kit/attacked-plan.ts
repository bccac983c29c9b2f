import type { Plan } from '../../src/index.ts'
import { applyPlan } from './apply-plan.ts'
import { contactsDefinition } from './definition.ts'
import { planWorld } from './plan-world.ts'
import { emptyWorld, putContact, putRow } from './world.ts'

const definition = contactsDefinition()

/** A plan in which a text of a record is in every kind of entry. */
export const planWith = (text: string): Plan => {
  const world = emptyWorld()
  putRow(world, 'd1', { emailaddress1: 'ana@example.com', firstname: 'Ana', governmentid: '1977' })
  applyPlan(world, planWorld(world, definition))
  const [contact] = [...world.contacts.values()]
  putRow(world, 'd1', { emailaddress1: 'ana@example.com', firstname: text, governmentid: '1978' })
  putContact(world, contact?.id ?? '', { ...contact?.fields, firstName: `${text}!`, CHILDREN: text })
  putRow(world, 'd2', { emailaddress1: `${text}@`, lastname: text })
  putRow(world, 'd3', { lastname: text })
  putRow(world, 'd4', { emailaddress1: 'new@example.com', lastname: text })
  return planWorld(world, definition)
}

/** What people might write into a name to get more than a name. */
export const attacks: readonly string[] = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><script>alert(1)</script>',
  "' onmouseover='alert(1)",
  '</code></td></table></article>',
  '<!--',
  '<!--<script>',
  '[click](javascript:alert(1))',
  '![x](https://evil.example/x.png)',
  'a | b | c',
  '`code` **bold** # title',
  '&lt;b&gt;',
  'line\u2028separator',
  '\u001b[31mred',
  'abc\u202edcba',
  '<script>alert(1)</script> [x](javascript:1) \u001b[31mred',
  'www.evil.example https://evil.example a@evil.example',
]

/** As it is shown: what would act on a terminal, or turn a line around, is spelt out. */
export const printed = (text: string): string =>
  text.replaceAll(
    /[\p{Cc}\p{Zl}\p{Cf}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
