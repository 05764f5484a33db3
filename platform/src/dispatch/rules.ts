import type { DispatchStep, Why } from './lists.ts'
import { stepLimits } from './lists.ts'

/**
 * Who gets a request, and why: pure. The grounds are tried in one order, the strongest first (DP2), and what was passed over
 * is kept, so that every proposal can say for itself why it is this one and not another.
 */

/** Who a rule of the routing table names. */
export type Target =
  | { kind: 'organisation'; organisation: string }
  /** Names as people say them: the first that somebody serving the place goes by. */
  | { kind: 'functions'; functions: readonly string[] }
  | { kind: 'desk'; level: string }

/** A row of the routing table as it stands at one instant. */
export type Rule = {
  id: string
  version: number
  category: string | null
  group: string | null
  path: string
  target: Target
  basis: string
  from: string
}

/** A second return that was decided (RQ6): who does such things around there from then on. */
export type Decided = {
  /** The request it was decided about; null where a meeting decided for the whole kind. */
  request: string | null
  category: string
  /** Around which place it binds. */
  path: string
  organisation: string
  basis: string
  at: string
}

/** Who answered alike before, counted within one area. */
export type Experience = {
  organisation: string
  why: 'answered_here' | 'answered_near'
  answered: number
  onTime: number
  satisfied: number
}

/** An organisation over the place or in it. */
export type Serving = {
  id: string
  name: string
  shortName: string
  path: string
  deskLevel: string | null
}

export type Matter = {
  category: string | null
  path: string
  /** Who has it, who sent it back, whom it is about: none of them is proposed. */
  except: readonly string[]
}

export type Known = {
  rules: readonly Rule[]
  precedents: readonly Decided[]
  serving: readonly Serving[]
  experience: readonly Experience[]
  /** Whom the category itself names, in order (CA4). */
  leads: readonly string[]
}

/** One ground that was looked at; without `organisation` it led nowhere, and `failed` says why. */
export type Ground = {
  why: Why
  organisation: string | null
  failed: 'not_here' | 'excepted' | 'weaker' | null
  rule?: Rule
  precedent?: Decided
  experience?: Experience
  /** The name in a list that was understood as this organisation. */
  name?: string
}

export type Choice = { organisation: string | null; ground: Ground; passed: Ground[] }

/** DP3 The list says "police station" or "housing" and means the one that serves this place, by its full or short name. */
export function goesBy(
  name: string,
  { name: full, shortName }: Pick<Serving, 'name' | 'shortName'>,
): boolean {
  return full === name || shortName.startsWith(name) || shortName.endsWith(name)
}

/** Nearest first; of equals the one whose name comes first, so that the same matter always has the same answer. */
const nearest = (one: Serving, other: Serving) =>
  other.path.length - one.path.length ||
  (one.shortName < other.shortName ? -1 : one.shortName > other.shortName ? 1 : 0) ||
  (one.id < other.id ? -1 : 1)

/** Whether a rule speaks of this matter at all. */
export function speaksOf(rule: Pick<Rule, 'category' | 'group' | 'path'>, matter: Matter): boolean {
  if (!matter.path.startsWith(rule.path)) return false
  if (rule.category !== null) return rule.category === matter.category
  return rule.group === null || rule.group === matter.category?.[0]
}

const exactness = ({ category, group }: Rule) => (category ? 2 : group ? 1 : 0)

/** DP4 The smaller area before the larger, one category before a group before everything, the newer before the older. */
function stronger(one: Rule, other: Rule): number {
  return (
    other.path.length - one.path.length ||
    exactness(other) - exactness(one) ||
    (one.from > other.from ? -1 : one.from < other.from ? 1 : 0) ||
    (one.id < other.id ? -1 : 1)
  )
}

/** Whom a rule means here, before it is asked whether they are out of the question. */
function meant(target: Target, serving: readonly Serving[]): { id: string; name?: string }[] {
  switch (target.kind) {
    case 'organisation': {
      // Named outright: it need not stand over the place to be responsible for it.
      return [{ id: target.organisation }]
    }
    case 'desk': {
      return serving.filter(({ deskLevel }) => deskLevel === target.level).map(({ id }) => ({ id }))
    }
    case 'functions': {
      return target.functions.flatMap((name) =>
        serving
          .filter((one) => goesBy(name, one))
          .toSorted(nearest)
          .map(({ id }) => ({ id, name })),
      )
    }
  }
}

/** Of those who answered often, whoever kept the limit: a share that trusts many answers more than few. */
function merit({ answered, onTime }: Pick<Experience, 'answered' | 'onTime'>): number {
  return ((onTime + 1) / (answered + 2)) * Math.log(1 + answered)
}
/** One answer is no experience. */
const fewestAnswers = 2

/** The first of these that is not out of the question. */
function pick(
  candidates: readonly { id: string; name?: string }[],
  matter: Matter,
): Pick<Ground, 'organisation' | 'failed' | 'name'> {
  const fit = candidates.find(({ id }) => !matter.except.includes(id))
  if (!fit) return { organisation: null, failed: candidates.length > 0 ? 'excepted' : 'not_here' }
  return { organisation: fit.id, failed: null, ...(fit.name && { name: fit.name }) }
}

/** Every ground that speaks of the matter, the strongest first. */
function* grounds(matter: Matter, known: Known): Generator<Ground> {
  const served = new Map(known.serving.map((one) => [one.id, one]))
  // DP5 The newest decision of the smallest area binds, until the table says something newer about such things.
  const since = (at: string) => (rule: Rule) =>
    rule.category !== null && speaksOf(rule, matter) && Date.parse(rule.from) > Date.parse(at)
  const decided = known.precedents
    .filter(({ category, path }) => category === matter.category && matter.path.startsWith(path))
    .filter(({ at }) => !known.rules.some(since(at)))
    .toSorted((one, other) => other.path.length - one.path.length || (one.at > other.at ? -1 : 1))
  for (const precedent of decided)
    yield {
      why: 'precedent',
      precedent,
      // Decided for a whole district it may still name one that serves a single community of it.
      ...pick(served.has(precedent.organisation) ? [{ id: precedent.organisation }] : [], matter),
    }
  for (const rule of known.rules.filter((one) => speaksOf(one, matter)).toSorted(stronger))
    yield { why: 'rule', rule, ...pick(meant(rule.target, known.serving), matter) }
  if (matter.category === null) return
  for (const why of ['answered_here', 'answered_near'] as const) {
    const best = known.experience
      .filter((one) => one.why === why && one.answered >= fewestAnswers)
      .toSorted((one, other) => merit(other) - merit(one))
      // Whoever answered next door but does not serve this place is no help here.
      .find(({ organisation }) => served.has(organisation) && !matter.except.includes(organisation))
    if (best) yield { why, experience: best, organisation: best.organisation, failed: null }
  }
  const named = known.leads.flatMap((name) =>
    known.serving.filter((one) => goesBy(name, one)).map((one) => ({ one, name })),
  )
  if (known.leads.length === 0) return
  const nearestNamed = named
    .toSorted((a, b) => nearest(a.one, b.one))
    .map(({ one, name }) => ({ id: one.id, name }))
  yield { why: 'named_by_category', ...pick(nearestNamed, matter) }
}

/** DP1 Always an answer with its ground; where nothing is known the answer is that the desk decides. */
export function choose(matter: Matter, known: Known): Choice {
  const passed: Ground[] = []
  let chosen: Ground | undefined
  for (const ground of grounds(matter, known)) {
    if (!chosen && ground.organisation !== null) chosen = ground
    else passed.push(chosen && ground.failed === null ? { ...ground, failed: 'weaker' } : ground)
  }
  const ground = chosen ?? { why: 'nobody' as const, organisation: null, failed: null }
  return { organisation: ground.organisation, ground, passed }
}

/** DP8 The limit of a step; counted from when it began, by the working-day calendar. */
export function limitOf(step: DispatchStep, urgent: boolean) {
  return stepLimits[step][urgent ? 'urgent' : 'usual']
}

/** A version of a row of the routing table. */
export type Version = Omit<Rule, 'from'> & { from: string; until: string | null; ended: boolean }

/** DP6 What of the table holds at an instant: of each row the version that began last, unless it ended or is over. */
export function inForce(versions: readonly Version[], at: string): Rule[] {
  const time = Date.parse(at)
  return [...Map.groupBy(versions, ({ id }) => id).values()].flatMap((of) => {
    const begun = of.filter(({ from }) => Date.parse(from) <= time)
    const [last] = begun.toSorted(
      (one, other) => Date.parse(other.from) - Date.parse(one.from) || other.version - one.version,
    )
    if (!last || last.ended || (last.until !== null && Date.parse(last.until) <= time)) return []
    const { until: _, ended: __, ...rule } = last
    return [rule]
  })
}
