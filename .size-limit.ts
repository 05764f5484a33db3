import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/**
 * First load of each door, brotli, 1 kB = 1000 bytes: what the page names, and what the first screen's own chunk brings
 * with it by static imports. Chunks that are fetched only when somebody asks for them do not count.
 */

const dist = path.join(import.meta.dirname, 'web/dist')
const assets = path.join(dist, 'assets')
const built = readdirSync(assets).filter((name) => name.endsWith('.js'))

/** The chunk and everything it imports statically. */
function closure(names: readonly string[], seen = new Set<string>()): Set<string> {
  for (const name of names) {
    if (seen.has(name)) continue
    seen.add(name)
    const text = readFileSync(path.join(assets, name), 'utf8')
    const imported = [...text.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)].map(
      (match) => match[1] ?? '',
    )
    closure(imported, seen)
  }
  return seen
}

/** JavaScript of a door's first screen. `chunks` are the beginnings of the names of its own chunks. */
function firstLoad(door: 'phone' | 'field' | 'console', chunks: readonly string[]): string[] {
  const page = readFileSync(path.join(dist, door, 'index.html'), 'utf8')
  const named = [...page.matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)].map((match) => match[1] ?? '')
  const own = built.filter((name) => chunks.some((chunk) => name.startsWith(`${chunk}-`)))
  return [...closure([...named, ...own])].map((name) => path.join(assets, name))
}

export default [
  { name: 'phone', path: firstLoad('phone', []), limit: '140 kB' },
  { name: 'field: first opening', path: firstLoad('field', []), limit: '120 kB' },
  {
    name: 'field: today, with what is kept',
    path: firstLoad('field', ['database', 'pages']),
    limit: '140 kB',
  },
  { name: 'console: log in', path: firstLoad('console', ['login-page', 'zh-CN']), limit: '260 kB' },
  { name: 'console: inbox', path: firstLoad('console', ['inbox-page', 'shell', 'zh-CN']), limit: '400 kB' },
]
