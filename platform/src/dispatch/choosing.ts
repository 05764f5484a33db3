import { listCategories } from '#catalogue/service.ts'
import type { Category } from '#catalogue/contract.ts'
import type { Trx } from '#kernel/db.ts'
import { organisationNames, organisationsServingEach, placeOf } from '#org/service.ts'
import { precedentsFor } from '#requests/precedents.ts'
import { precedentsTo } from '#requests/past.ts'
import { codesOf, pathsOf } from './choice-store.ts'
import type { GroundView, RouteView } from './contract.ts'
import { choose, inForce } from './rules.ts'
import type { Choice, Decided, Experience, Ground, Known, Matter, Rule, Serving } from './rules.ts'
import { versions } from './rule-store.ts'

/** Who gets a request and why, with everything the rules need to know; for one request or for a page of them. */

const yearHours = 365 * 24
/** Decisions about one kind that are looked at, the nearest first. */
const mostPrecedents = 50

/** The district, its subdistrict and its community: organisations and experience are looked for around the community. */
const upTo = (path: string, depth: number) => {
  const codes = path.split('/').filter(Boolean)
  return `${codes.slice(0, depth).join('/')}/`
}
const communityOf = (path: string) => upTo(path, 3)

/** What is known of a district at an instant, read once however many requests are asked about. */
export type Table = { rules: readonly Rule[]; categories: ReadonlyMap<string, Category> }

const textOf = (now: Temporal.Instant) => now.toString({ smallestUnit: 'millisecond' })

export async function tableAt(trx: Trx, now: Temporal.Instant, language: string): Promise<Table> {
  const at = textOf(now)
  const categories = await listCategories(trx, at, language)
  return {
    rules: inForce(await versions(trx), at),
    categories: new Map(categories.map((category) => [category.code, category])),
  }
}

/** What is known of each distinct key, in the order in which the keys were asked for. */
function byKey<Value>(keys: readonly string[], values: readonly Value[]): ReadonlyMap<string, Value> {
  return new Map(keys.flatMap((key, index) => (values[index] === undefined ? [] : [[key, values[index]]])))
}

/**
 * The chooser for these matters, with all that the rules need to know of them: in as many statements for two hundred as for
 * one. Its second argument are rules instead of those in force: what a change would do.
 */
export async function chooserFor(
  trx: Trx,
  table: Table,
  now: Temporal.Instant,
  matters: readonly Pick<Matter, 'category' | 'path'>[],
): Promise<(matter: Matter, rules?: readonly Rule[]) => Choice> {
  const since = now.subtract({ hours: yearHours }).toString()
  const communities = [...new Set(matters.map(({ path }) => communityOf(path)))]
  const around = await organisationsServingEach(trx, communities)
  const asked = new Map(
    matters.flatMap(({ category, path }) =>
      category === null ? [] : [[`${category} ${path}`, { category, path }] as const],
    ),
  )
  const decided = await decidedAt(trx, asked)
  const near = new Map(
    [...asked.values()].flatMap(({ category, path }) =>
      [communityOf(path), upTo(path, 2)].map(
        (area) => [`${category} ${area}`, { category, path: area }] as const,
      ),
    ),
  )
  const answered = byKey([...near.keys()], await precedentsTo(trx, [...near.values()], since))
  const experienceAt = (category: string, path: string): Experience[] =>
    (
      [
        ['answered_here', communityOf(path)],
        ['answered_near', upTo(path, 2)],
      ] as const
    ).flatMap(([why, area]) => (answered.get(`${category} ${area}`) ?? []).map((one) => ({ ...one, why })))
  return (matter, rules = table.rules) => {
    const { category, path } = matter
    const serving: Serving[] = around.get(communityOf(path)) ?? []
    const known: Known = {
      rules,
      precedents: decided.get(`${category} ${path}`) ?? [],
      serving: serving.filter((one) => path.startsWith(one.path) || one.path.startsWith(path)),
      experience: category === null ? [] : experienceAt(category, path),
      leads: (category && table.categories.get(category)?.leads) || [],
    }
    return choose(matter, known)
  }
}

/** DP5 One case says who does such things around it, whoever decided; a meeting's word on a kind holds for its area. */
async function decidedAt(
  trx: Trx,
  asked: ReadonlyMap<string, { category: string; path: string }>,
): Promise<ReadonlyMap<string, Decided[]>> {
  const kept = await precedentsFor(trx, [...asked.values()], mostPrecedents)
  const cases = await pathsOf(
    trx,
    kept.flat().flatMap(({ request }) => request ?? []),
  )
  const around = (one: Decided): Decided[] => {
    if (one.request === null) return [one]
    const where = cases.get(one.request)
    return where === undefined ? [] : [{ ...one, path: communityOf(where) }]
  }
  return byKey(
    [...asked.keys()],
    kept.map((all) => all.flatMap(around)),
  )
}

/** DP1 Who gets it and why. */
export async function routeFor(
  trx: Trx,
  matter: Matter,
  { now, language }: { now: Temporal.Instant; language: string },
): Promise<RouteView> {
  const table = await tableAt(trx, now, language)
  const choice = (await chooserFor(trx, table, now, [matter]))(matter)
  return (await explained(trx, [choice], table))[0]!
}

/** Choices in words: names instead of ids, fetched once for all of them. */
export async function explained(trx: Trx, choices: readonly Choice[], table: Table): Promise<RouteView[]> {
  const all = choices.flatMap(({ ground, passed }) => [ground, ...passed])
  const organisations = await organisationNames(
    trx,
    all.flatMap(({ organisation }) => organisation ?? []),
  )
  const places = await placeOf(
    trx,
    all.flatMap(({ rule, precedent }) => rule?.path ?? precedent?.path ?? []),
  )
  const codes = await codesOf(
    trx,
    all.flatMap(({ precedent }) => precedent?.request ?? []),
  )
  const view = (ground: Ground): GroundView => viewOf(ground, { organisations, places, codes, table })
  return choices.map(({ ground, passed }) => ({ ...view(ground), passed: passed.map(view) }))
}

type Names = {
  organisations: Awaited<ReturnType<typeof organisationNames>>
  places: Map<string, string>
  codes: Awaited<ReturnType<typeof codesOf>>
  table: Table
}

/** The category or the group that a row is about, by name. */
export function kindOf(
  { category, group }: { category: string | null; group: string | null },
  categories: Table['categories'],
): { code: string; name: string } | null {
  if (category) return { code: category, name: categories.get(category)?.name ?? category }
  if (!group) return null
  const named = [...categories.values()].find(({ groupCode }) => groupCode === group)
  return { code: group, name: named?.group ?? group }
}

function viewOf(ground: Ground, { organisations, places, codes, table }: Names): GroundView {
  const { why, organisation, failed, rule, precedent, experience, name } = ground
  const path = rule?.path ?? precedent?.path
  return {
    why,
    organisation: organisation
      ? { id: organisation, name: organisations.get(organisation)?.shortName ?? '' }
      : null,
    failed,
    since: rule?.from ?? precedent?.at ?? null,
    basis: rule?.basis ?? precedent?.basis ?? null,
    kind: rule
      ? kindOf(rule, table.categories)
      : precedent
        ? kindOf({ category: precedent.category, group: null }, table.categories)
        : null,
    area: path ? { path, name: places.get(path) ?? path } : null,
    name: name ?? (rule?.target.kind === 'functions' ? (rule.target.functions[0] ?? null) : null),
    rule: rule ? { id: rule.id, version: rule.version } : null,
    precedent: precedent?.request
      ? { id: precedent.request, code: codes.get(precedent.request) ?? '' }
      : null,
    answered: experience?.answered ?? 0,
    onTime: experience?.onTime ?? 0,
    satisfied: experience?.satisfied ?? 0,
  }
}
