import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { decompress } from 'wawoff2'

/**
 * Chinese glyphs for the browser of the tests on a machine without Chinese fonts, where every character is a box. They are all it
 * gets, so that a page is as wide on every such machine.
 */

const root = path.resolve(import.meta.dirname, '../..')
const source = path.join(root, 'node_modules/@fontsource-variable/noto-sans-sc/files')
const cache = path.join(root, 'node_modules/.cache/chuanmen-fonts')

function hasChineseFont(): boolean {
  try {
    return execFileSync('fc-list', [':lang=zh-cn', 'file'], { encoding: 'utf8' }).trim() !== ''
  } catch {
    return false
  }
}

const configuration = (fonts: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${fonts}</dir>
  <cachedir>${fonts}/cache</cachedir>
  <match target="pattern">
    <edit name="family" mode="append_last"><string>Noto Sans SC</string></edit>
  </match>
</fontconfig>
`

/** Unpacks the npm package's web fonts, once, into a folder that appears only when it is complete. */
async function unpack(): Promise<void> {
  mkdirSync(path.dirname(cache), { recursive: true })
  const draft = mkdtempSync(`${cache}-`)
  for (const name of readdirSync(source).filter((file) => file.endsWith('.woff2'))) {
    const font = await decompress(readFileSync(path.join(source, name)))
    writeFileSync(path.join(draft, name.replace('.woff2', '.ttf')), font)
  }
  writeFileSync(path.join(draft, 'fonts.conf'), configuration(cache))
  try {
    renameSync(draft, cache)
  } catch (error) {
    // Another process was faster; its folder is the same.
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(cache)) throw error
  }
}

/** What the browser's environment needs so that Chinese is drawn: nothing where the system has a font for it. */
export async function fontEnvironment(): Promise<Record<string, string>> {
  if (hasChineseFont()) return {}
  if (!existsSync(cache)) await unpack()
  return { FONTCONFIG_FILE: path.join(cache, 'fonts.conf') }
}
