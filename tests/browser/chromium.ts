import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import packed, { inflate } from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'
import { fontEnvironment } from './fonts.ts'

/** A real browser for the walks: the system's Chromium where there is one, else the one inside an npm package. */

const installed = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

// The package's own arguments switch web security off; the walks are there to see it at work. Without a graphics card it is a fifth
// less work to put pages together in the browser itself; maps still draw by WebGL.
const args = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--disable-gpu-compositing',
  '--enable-unsafe-swiftshader',
  '--lang=zh-CN',
  '--font-render-hinting=none',
]

/** The libraries the packed browser needs (NSS, expat), which come with it but are unpacked for one cloud only. */
async function packedLibraries(): Promise<string> {
  const entry = fileURLToPath(import.meta.resolve('@sparticuz/chromium'))
  const folder = await inflate(path.join(path.dirname(entry), '../bin/al2023.tar.br'))
  return path.join(folder, 'lib')
}

/** Starts the browser; the caller closes it. */
export async function openBrowser(): Promise<Browser> {
  const env = { ...process.env, ...(await fontEnvironment()) }
  const found = installed.find((file) => file !== undefined && existsSync(file))
  if (found !== undefined) return chromium.launch({ executablePath: found, args, env })
  return chromium.launch({
    executablePath: await packed.executablePath(),
    args: [...args, '--headless=shell'],
    env: { ...env, LD_LIBRARY_PATH: await packedLibraries() },
  })
}
