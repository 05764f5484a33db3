import { readFileSync } from 'node:fs'
import { dirname, join, posix, relative, sep } from 'node:path'

/** Turns file names and import specifiers into the paths that tiers.ts speaks of. */

type Aliases = readonly { prefix: string; folder: string }[]
const known = new Map<string, Aliases>()

/** The `imports` of package.json, longest first, so that `#web/x` is found before `#platform/x`. */
function aliases(root: string): Aliases {
  const found = known.get(root)
  if (found) return found
  const { imports = {} }: { imports?: Record<string, string> } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  )
  const read = Object.entries(imports)
    .map(([key, value]) => ({
      prefix: key.replace(/\*$/, ''),
      folder: value.replace(/^\.\//, '').replace(/\*$/, ''),
    }))
    .toSorted((a, b) => b.prefix.length - a.prefix.length)
  known.set(root, read)
  return read
}

/** A file's path inside the repository, with `/`. */
export function inside(root: string, file: string): string {
  return relative(root, file).split(sep).join('/')
}

/** What `specifier`, standing in the file `from` (a path inside the repository), names. */
export function target(root: string, from: string, specifier: string): string {
  if (specifier.startsWith('.')) return posix.join(dirname(from), specifier)
  if (specifier.startsWith('node:')) return specifier
  for (const { prefix, folder } of specifier.startsWith('#') ? aliases(root) : []) {
    if (specifier.startsWith(prefix)) return posix.join(folder, specifier.slice(prefix.length))
  }
  return `npm:${specifier}`
}
