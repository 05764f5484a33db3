import type { Call } from '#access/route.ts'
import { areaExists, organisationNames, organisationsServing, placeOf } from '#org/service.ts'
import type { Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import { personNames } from '#people/service.ts'
import * as choices from './choice-store.ts'
import { chooserFor, kindOf, tableAt } from './choosing.ts'
import type { Table } from './choosing.ts'
import type { Effect, RuleChange, RuleView } from './contract.ts'
import { goesBy, inForce, speaksOf } from './rules.ts'
import type { Rule, Version } from './rules.ts'
import * as store from './rule-store.ts'
import type { StoredVersion } from './rule-store.ts'

/** The routing table: what holds, what a change would do, and the change itself (DP6, DP7). */

const textOf = (now: Temporal.Instant) => now.toString({ smallestUnit: 'millisecond' })

/** Rows that hold now or are still to come: by category, the smaller area first. */
export async function listRules({ trx, now, language }: Call): Promise<RuleView[]> {
  const table = await tableAt(trx, now, language)
  const all = await store.versions(trx)
  const holding = new Set(table.rules.map(({ id, version }) => `${id} ${version}`))
  const shown = all.filter(
    (one) => holding.has(`${one.id} ${one.version}`) || (isAhead(one, now) && isNewest(one, all)),
  )
  const views = await viewed(trx, shown, table, now)
  const order = (view: RuleView) => `${view.category ?? view.group ?? '~'} ${999 - view.area.path.length}`
  return views.toSorted((one, other) => (order(one) < order(other) ? -1 : 1))
}

const isAhead = ({ from }: Version, now: Temporal.Instant) => Date.parse(from) > now.epochMilliseconds
const isNewest = ({ id, version }: Version, all: readonly Version[]) =>
  all.every((other) => other.id !== id || other.version <= version)

export async function ruleHistory({ trx, now, language }: Call, id: string): Promise<RuleView[]> {
  const all = await store.versions(trx, id)
  if (all.length === 0) return refuse('record.not_found')
  return (await viewed(trx, all, await tableAt(trx, now, language), now)).toReversed()
}

async function viewed(
  trx: Trx,
  rows: readonly StoredVersion[],
  table: Table,
  now: Temporal.Instant,
): Promise<RuleView[]> {
  const places = await placeOf(
    trx,
    rows.map(({ path }) => path),
  )
  const organisations = await organisationNames(
    trx,
    rows.flatMap(({ target }) => (target.kind === 'organisation' ? [target.organisation] : [])),
  )
  const people = await personNames(
    trx,
    rows.flatMap(({ setBy }) => setBy ?? []),
  )
  const holding = new Map(table.rules.map(({ id, version }) => [id, version]))
  return rows.map((row) => {
    const { target } = row
    return {
      id: row.id,
      version: row.version,
      kind: kindOf(row, table.categories),
      category: row.category,
      group: row.group,
      area: { path: row.path, name: places.get(row.path) ?? row.path },
      organisation:
        target.kind === 'organisation'
          ? { id: target.organisation, name: organisations.get(target.organisation)?.shortName ?? '' }
          : null,
      functions: target.kind === 'functions' ? [...target.functions] : null,
      deskLevel: target.kind === 'desk' ? (target.level as RuleView['deskLevel']) : null,
      basis: row.basis,
      validFrom: row.from,
      validUntil: row.until,
      ended: row.ended,
      state: holding.get(row.id) === row.version ? 'holds' : isAhead(row, now) ? 'ahead' : 'over',
      setAt: row.setAt,
      setBy: row.setBy && (people.get(row.setBy)?.name ?? null),
    }
  })
}

/** DP6 Adds a version to a row, or its first; what was chosen by an earlier one keeps saying so. */
export async function changeRule(
  call: Call,
  id: string,
  change: RuleChange,
  version: number,
): Promise<RuleView> {
  const { trx, actor, language } = call
  const now = textOf(call.now)
  const validFrom = change.validFrom ?? now
  // A page is filled in for some minutes: what was "now" when it opened still is.
  const earliest = call.now.subtract({ minutes: 10 })
  if (Date.parse(validFrom) < earliest.epochMilliseconds)
    refuse('input.invalid', { field: 'body.validFrom', expected: now, params: { count: 1 } })
  if (change.validUntil && Date.parse(change.validUntil) <= Date.parse(validFrom))
    refuse('input.invalid', { field: 'body.validUntil', expected: validFrom, params: { count: 1 } })
  await checkReferences(trx, change, await tableAt(trx, call.now, language))
  const known = await store.versions(trx, id)
  if ((known.at(-1)?.version ?? 0) !== version) refuse('changed_meanwhile')
  const by = { person: actor.kind === 'staff' ? actor.id : null, now }
  if (!(await store.add(trx, { ...change, id, version: version + 1, validFrom }, by)))
    refuse('changed_meanwhile')
  return (await ruleHistory(call, id))[0]!
}

async function checkReferences(trx: Trx, change: RuleChange, table: Table): Promise<void> {
  if (!(await areaExists(trx, change.path))) refuse('record.invalid_reference', { field: 'body.path' })
  if (change.category && !table.categories.has(change.category))
    refuse('record.invalid_reference', { field: 'body.category' })
  if (!change.organisation) return
  const known = await organisationNames(trx, [change.organisation])
  if (!known.get(change.organisation)?.active)
    refuse('record.invalid_reference', { field: 'body.organisation' })
}

const recentDays = 90
/** Requests that a preview holds against the change; the newest. */
const mostLooked = 200
const mostSamples = 12

/** DP7 What the change would have done to the requests dispatched lately, and which of its names nobody goes by. */
export async function previewRule(call: Call, id: string, change: RuleChange): Promise<Effect> {
  const { trx, now, language } = call
  const table = await tableAt(trx, now, language)
  await checkReferences(trx, change, table)
  const known = await store.versions(trx, id)
  const drafted: Version = {
    id,
    version: (known.at(-1)?.version ?? 0) + 1,
    category: change.category,
    group: change.group,
    path: change.path,
    target: change.organisation
      ? { kind: 'organisation', organisation: change.organisation }
      : change.functions
        ? { kind: 'functions', functions: change.functions }
        : { kind: 'desk', level: change.deskLevel! },
    basis: change.basis,
    // As if it held already, whenever it begins: that is the question.
    from: textOf(now),
    until: null,
    ended: change.ended,
  }
  const after = inForce([...(await store.versions(trx)), drafted], textOf(now))
  const before = table.rules
  const touched = [drafted, ...before.filter((one) => one.id === id)]
  const since = now.subtract({ hours: recentDays * 24 }).toString()
  const lately = (await choices.lately(trx, touched, since, mostLooked)).filter((matter) =>
    touched.some((rule) => speaksOf(rule, { ...matter, except: [] })),
  )
  const changed = await changedAmong(call, table, lately, before, after)
  const organisations = await organisationNames(
    trx,
    changed.flatMap((one) => [one.before ?? [], one.after ?? [], one.answeredBy ?? []].flat()),
  )
  const named = (organisation: string | null) =>
    organisation && { id: organisation, name: organisations.get(organisation)?.shortName ?? '' }
  return {
    looked: lately.length,
    changed: changed.length,
    open: changed.filter(({ open }) => open).length,
    samples: changed.slice(0, mostSamples).map((one) => ({
      request: one.request,
      code: one.code,
      title: one.title,
      before: named(one.before) || null,
      after: named(one.after) || null,
      answeredBy: named(one.answeredBy) || null,
    })),
    unknown: await unknownAmong(trx, change),
  }
}

async function changedAmong(
  { trx, now }: Call,
  table: Table,
  lately: readonly choices.Lately[],
  before: readonly Rule[],
  after: readonly Rule[],
) {
  const proposing = await chooserFor(trx, table, now, lately)
  return lately.flatMap((one) => {
    const matter = { category: one.category, path: one.path, except: [] }
    const [was, would] = [proposing(matter, before).organisation, proposing(matter, after).organisation]
    return was === would ? [] : [{ ...one, before: was, after: would }]
  })
}

/** Departments are named as people say them; a name that nobody goes by there would propose nobody. */
async function unknownAmong(trx: Trx, change: RuleChange): Promise<string[]> {
  const unknown: string[] = []
  for (const name of change.functions ?? []) {
    const found = await organisationsServing(trx, change.path, name)
    if (!found.some((one) => goesBy(name, one))) unknown.push(name)
  }
  return unknown
}
