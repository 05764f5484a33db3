/**
 * Which file may import which: the "Direction" of docs/ARCHITECTURE.md as one pure function over one table.
 * Paths are relative to the repository and use `/`; packages are written `npm:antd`, Node's own modules `node:fs`.
 */

/**
 * From the ground up. A folder sees the folders of lower tiers, never one beside it. Access stands below audit and notify,
 * and deadlines below catalogue, because they lean on one another that way (docs/adr/0008).
 */
export const tiers: readonly (readonly string[])[] = [
  ['kernel', 'text'],
  ['access'],
  ['audit', 'notify'],
  ['org', 'deadlines'],
  ['catalogue'],
  ['households', 'people'],
  ['search'],
  ['visits', 'requests', 'liaison', 'gridplan'],
  ['dispatch'],
  [
    'settings',
    'suggest',
    'field',
    'handbook',
    'rota',
    'mediation',
    'matters',
    'offers',
    'wishes',
    'whistle',
    'escalation',
    'meetings',
    'evaluation',
    'announcements',
  ],
  ['reports', 'maps', 'exchange', 'open311'],
  ['demo'],
]

/** They put the parts together and therefore see all of them. */
const compositionRoots = [
  'platform/src/app.ts',
  'platform/src/carriers.ts',
  'platform/src/jobs.ts',
  'platform/src/main.ts',
  'platform/src/admin.ts',
]

/** May read tables of other folders, because their whole work is to put figures of several side by side. */
const readsAcross = ['reports', 'maps']

/** Files that decide and compute, by name; the browser may import them. */
const pureNames = ['contract.ts', 'rules.ts', 'lifecycle.ts']

/** Pure files under a name of their own, because the one they were part of had grown too long. */
const purePaths = [
  'platform/src/dispatch/board-contract.ts',
  'platform/src/dispatch/lists.ts',
  'platform/src/requests/bulk-contract.ts',
  'platform/src/requests/commands.ts',
  'platform/src/requests/lifecycle-check.ts',
  'platform/src/requests/lifecycle-rule.ts',
  'platform/src/requests/lists.ts',
  'platform/src/requests/alarms.ts',
  'platform/src/requests/climbing.ts',
  'platform/src/requests/referring.ts',
  'platform/src/requests/resident-word.ts',
  'platform/src/requests/reviewing.ts',
  'platform/src/requests/entry.ts',
  'platform/src/requests/joined.ts',
  'platform/src/requests/next-alarm.ts',
  'platform/src/requests/parts.ts',
  'platform/src/requests/splitting.ts',
  'platform/src/requests/supervising.ts',
  'platform/src/requests/supervision.ts',
  'platform/src/requests/standing.ts',
  'platform/src/requests/erasure/places.ts',
  'platform/src/requests/title.ts',
  'platform/src/requests/view-contract.ts',
  'platform/src/requests/together/alike.ts',
  'platform/src/requests/together/shared.ts',
  'platform/src/households/fields.ts',
  'platform/src/households/handbook-contract.ts',
  'platform/src/exchange/check.ts',
  'platform/src/exchange/fields.ts',
  'platform/src/exchange/places.ts',
  'platform/src/exchange/seen.ts',
  'platform/src/exchange/read/numbers.ts',
  'platform/src/exchange/read/source.ts',
  'platform/src/households/duplicate-contract.ts',
  'platform/src/households/duplicate-rules.ts',
  'platform/src/org/hierarchy.ts',
  'platform/src/households/life-contract.ts',
  'platform/src/people/profile-contract.ts',
  'platform/src/offers/lists.ts',
  'platform/src/households/identity.ts',
  'platform/src/liaison/bounds.ts',
  'platform/src/liaison/compare.ts',
  'platform/src/liaison/lists-contract.ts',
  'platform/src/liaison/problem.ts',
  'platform/src/visits/periods.ts',
  'platform/src/visits/rule-contract.ts',
  'platform/src/visits/visit-contract.ts',
  'platform/src/visits/confirm-contract.ts',
  'platform/src/visits/spot-contract.ts',
  'platform/src/visits/figure-contract.ts',
  'platform/src/text/grams.ts',
  'platform/src/whistle/alarms.ts',
  'platform/src/whistle/commands.ts',
  'platform/src/whistle/figure-contract.ts',
  'platform/src/whistle/lists.ts',
  'platform/src/whistle/standing.ts',
  'platform/src/open311/publication-contract.ts',
  'platform/src/open311/redact.ts',
  'platform/src/open311/xml.ts',
  'platform/src/search/lexemes.ts',
  'platform/src/search/highlight.ts',
  'platform/src/suggest/points.ts',
  'platform/src/notify/template-contract.ts',
  'platform/src/notify/sending-contract.ts',
  'platform/src/notify/kinds.ts',
  'platform/src/notify/quiet.ts',
  'platform/src/exchange/exports/limits.ts',
  'platform/src/households/lists.ts',
  'platform/src/visits/lists.ts',
  'platform/src/meetings/lists.ts',
  'platform/src/visits/rule-fit.ts',
  'platform/src/field/items.ts',
  'platform/src/field/entries.ts',
  'platform/src/access/permissions.ts',
  'platform/src/access/fields.ts',
]

/** Folders in which every file is pure. */
const pureFolders = ['engines/', 'platform/src/access/fields/']

/** The phone is carried on old devices and slow lines. */
const heavyPackages = ['antd', '@ant-design', 'echarts', 'maplibre-gl', '@tanstack/react-router']

/** Packages that a contract or rule may use. */
const purePackages = ['npm:zod', 'npm:zod/mini']

const webFolders = ['ui', 'api', 'phone', 'field', 'console'] as const

type Place =
  | { area: 'engine'; engine: string }
  | { area: 'platform'; folder: string; kind: 'pure' | 'store' | 'entrance' | 'ordinary' | 'words' }
  | { area: 'root' }
  | { area: 'web'; door: (typeof webFolders)[number] | 'other' }
  | { area: 'package'; name: string }
  | { area: 'node' }
  | { area: 'free' }

export function isPure(path: string): boolean {
  if (pureFolders.some((folder) => path.startsWith(folder))) return true
  if (purePaths.includes(path)) return true
  return (
    /^platform\/src\/[^/]+\/([^/]+\/)?[^/]+$/.test(path) && pureNames.includes(path.split('/').at(-1) ?? '')
  )
}

export function isTest(path: string): boolean {
  return path.startsWith('tests/') || /\.test\.tsx?$/.test(path) || path.endsWith('-fixture.ts')
}

function kindOf(path: string, file: string): 'pure' | 'store' | 'entrance' | 'ordinary' | 'words' {
  if (isPure(path)) return 'pure'
  if (/(^|\/)(messages|data)\//.test(file)) return 'words'
  if (/(^|[-/])store\.ts$/.test(file)) return 'store'
  if (/(^|[-/])(routes|jobs)\.ts$/.test(file)) return 'entrance'
  return 'ordinary'
}

/** Where a path stands in the table. */
export function place(path: string): Place {
  if (path.startsWith('npm:')) return { area: 'package', name: path.slice(4) }
  if (path.startsWith('node:')) return { area: 'node' }
  const [top, second, third, ...rest] = path.split('/')
  if (top === 'engines') return { area: 'engine', engine: second ?? '' }
  if (compositionRoots.includes(path)) return { area: 'root' }
  if (top === 'platform' && second === 'src' && third && rest.length > 0) {
    return { area: 'platform', folder: third, kind: kindOf(path, rest.join('/')) }
  }
  if (top === 'web') {
    return { area: 'web', door: webFolders.find((folder) => folder === second) ?? 'other' }
  }
  return { area: 'free' }
}

function tierOf(folder: string): number {
  return tiers.findIndex((tier) => tier.includes(folder))
}

function refuseToPure(to: string, target: Place): string | undefined {
  if (target.area === 'engine' || purePackages.includes(to)) return undefined
  if (target.area === 'platform' && (target.kind === 'pure' || target.kind === 'words')) return undefined
  return 'a contract, rule or lifecycle imports only others of its kind, engines, zod and message catalogues'
}

function refuseToPlatform(
  from: Place & { area: 'platform' },
  target: Place & { area: 'platform' },
): string | undefined {
  if (from.folder === target.folder) {
    if (target.kind === 'entrance')
      return 'routes and jobs are entrances; only the composition root opens them'
    return undefined
  }
  if (target.kind === 'pure' || target.kind === 'words') return undefined
  if (tierOf(from.folder) < 0)
    return `platform/src/${from.folder} stands in no tier; add it to tools/boundaries/tiers.ts`
  if (tierOf(target.folder) < 0)
    return `platform/src/${target.folder} stands in no tier; add it to tools/boundaries/tiers.ts`
  if (tierOf(target.folder) >= tierOf(from.folder)) {
    return `${from.folder} does not see ${target.folder}, which is not of a lower tier; send an event instead`
  }
  if (target.kind === 'store' && !readsAcross.includes(from.folder)) {
    return `the store of ${target.folder} is private to it; ask its service`
  }
  if (target.kind === 'entrance') return 'routes and jobs are entrances; only the composition root opens them'
  if (from.kind === 'store' && target.folder !== 'kernel')
    return 'a store holds SQL of its own tables and knows only the kernel'
  return undefined
}

function refuseToWeb(from: Place & { area: 'web' }, target: Place): string | undefined {
  if (target.area === 'platform') {
    if (target.kind === 'pure' || target.kind === 'words') return undefined
    return 'the browser sees contracts, rules, lifecycles and message catalogues only'
  }
  if (target.area === 'root' || target.area === 'node') return 'the browser sees nothing of the server'
  if (target.area === 'package' && from.door !== 'console') {
    const { name } = target
    if (heavyPackages.some((heavy) => name === heavy || name.startsWith(`${heavy}/`))) {
      return `the phone stays small: ${name} belongs to the console`
    }
  }
  if (target.area === 'web') {
    if (target.door === 'console' && from.door !== 'console') return 'only the console imports the console'
    if (target.door === 'phone' && from.door !== 'phone') return 'only the phone imports the phone'
    if (target.door === 'field' && from.door !== 'field') return 'only the field door imports the field door'
  }
  return undefined
}

/** Why `from` may not import `to`, in one sentence; undefined when it may. */
export function refuse(from: string, to: string): string | undefined {
  if (isTest(from)) return undefined
  const source = place(from)
  const target = place(to)
  if (source.area === 'engine') {
    return target.area === 'engine' ? undefined : 'an engine imports nothing but engines'
  }
  if (isTest(to) && source.area !== 'free') return 'code that ships does not import tests'
  if (isPure(from)) return refuseToPure(to, target)
  if (source.area === 'web') return refuseToWeb(source, target)
  if (source.area !== 'platform') return undefined
  if (target.area === 'web') return 'the server does not import pages'
  if (target.area === 'root') return 'nothing imports the composition root'
  if (target.area === 'platform') return refuseToPlatform(source, target)
  return undefined
}
