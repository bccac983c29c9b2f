import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

test('a change on either side is on the other one before anybody polls', async () => {
  const cwd = resolve(import.meta.dirname, '../..')
  const command = ['--conditions=@dynacamp/source', 'examples/by-webhook.ts']
  const { stdout, stderr } = await promisify(execFile)('node', command, { cwd })
  expect(stderr).toBe('')
  expect(stdout.trim().split('\n')).toEqual([
    'changed in Dynamics 365, now in ActiveCampaign: Head of Webhooks',
    'changed in ActiveCampaign, now in Dynamics 365: Hooksett',
    expect.stringMatching(/^without the secret: 401 .*wrong-secret/),
    'left for the next run: 0 actions',
  ])
}, 60_000)
