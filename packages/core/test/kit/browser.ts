import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const executablePath = '/usr/bin/chromium'

/** Why tests in a browser cannot run here; undefined where they can. */
export const whyNoBrowser = existsSync(executablePath) ? undefined : `no ${executablePath}`

/** Debian's Chromium, headless, with an empty profile, and nothing that it would do by itself. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
