import { expect, test } from 'vitest'
import * as api from '../src/index.ts'

test('the public surface is what it was', () => {
  expect(Object.keys(api).toSorted((a, b) => a.localeCompare(b))).toMatchInlineSnapshot(`
    [
      "ActiveCampaignError",
      "createActiveCampaignClient",
      "isActiveCampaignError",
      "joinChoices",
      "parseImportHandle",
      "parseWebhook",
      "splitChoices",
    ]
  `)
})
