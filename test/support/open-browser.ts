import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

/** Where Debian puts it. */
const DEFAULT_PATH = '/usr/bin/chromium'

/** No part of it may reach out or ask: only the pages of this machine are looked at. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The program, or `null` where there is none; `CHROMIUM_PATH` names another one. */
export function chromiumPath(env: Readonly<Record<string, string | undefined>>): string | null {
  const path = env['CHROMIUM_PATH'] || DEFAULT_PATH
  return existsSync(path) ? path : null
}

/** Whether tests may do without a browser: nowhere where nobody would notice. */
export function mayDoWithout(env: Readonly<Record<string, string | undefined>>): boolean {
  return !env['CI'] && env['TIDINGS_REQUIRE_BROWSER'] !== '1'
}

/** Starts a headless Chromium. */
export function openBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: FLAGS, headless: true })
}
