import { existsSync } from 'node:fs'
import packed from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'
import { fontEnvironment } from './fonts.ts'

/** A real browser for the walks: the system's Chromium where there is one, else the one inside an npm package. */

const installed = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

// The package's own arguments switch web security off; the walks are there to see it at work.
const args = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--lang=zh-CN',
  '--font-render-hinting=none',
]

/** Starts the browser; the caller closes it. */
export async function openBrowser(): Promise<Browser> {
  const found = installed.find((path) => path !== undefined && existsSync(path))
  const env = { ...process.env, ...(await fontEnvironment()) }
  return chromium.launch(
    found === undefined
      ? { executablePath: await packed.executablePath(), args: [...args, '--headless=shell'], env }
      : { executablePath: found, args, env },
  )
}
