import type { Call } from '#access/route.ts'
import { calendarOf } from '#deadlines/service.ts'
import { civilDay } from '#kernel/clock.ts'
import type { Trx } from '#kernel/db.ts'
import { derivedId } from '#kernel/ids.ts'
import { refuse } from '#kernel/problem.ts'
import { personNames } from '#people/service.ts'
import seeds from './data/rules.json' with { type: 'json' }
import { countAsked, countEvents } from './emit-store.ts'
import type { Asking } from './emit-store.ts'
import { holidaysAround } from './holidays.ts'
import { addDays } from './lifecycle.ts'
import { eventWindow, periodsOf } from './periods.ts'
import { ruleFieldsSchema } from './rule-contract.ts'
import { misfit } from './rule-fit.ts'
import type { Rule, RuleChange, RuleFields, RulePreview, Rules } from './rule-contract.ts'
import * as store from './rule-store.ts'
import type { StoredRule } from './rule-store.ts'
import { householdsAmong, openCounts } from './task-store.ts'

/** Rules: what holds on a day, what a change would do, and the change itself (VR1). */

const text = (now: Temporal.Instant) => now.toString({ smallestUnit: 'millisecond' })

/** The id of a rule that comes with the product. */
export const seededRule = (district: string, key: string) => derivedId('visit_rule', district, key)

/** The rules that come with the product, as the papers tell of them. */
export function defaultRules(): (RuleFields & { key: string })[] {
  return seeds.map(({ key, ...rule }) => ({ key, ...ruleFieldsSchema.parse(rule) }))
}

/** Gives a district the rules that come with the product, when it has none; whoever ended one does not get it back. */
export async function ensureRules(trx: Trx, now: Temporal.Instant): Promise<void> {
  if ((await store.versions(trx)).length > 0) return
  const district = await store.districtCode(trx)
  for (const { key, ...rule } of defaultRules()) {
    const made = { ...rule, id: seededRule(district, key), version: 1, validFrom: civilDay(now) }
    await store.add(trx, made, { person: null, now: text(now) })
  }
}

/** Of the versions of rules those in force on a day: the newest whose day has come. */
export function rulesOn(list: readonly StoredRule[], day: string): StoredRule[] {
  const found = new Map<string, StoredRule>()
  for (const one of list) {
    const known = found.get(one.id)
    if (one.validFrom <= day && (!known || known.version < one.version)) found.set(one.id, one)
  }
  return [...found.values()]
}

async function named(trx: Trx, list: readonly StoredRule[]): Promise<Rule[]> {
  const people = await personNames(
    trx,
    list.flatMap(({ setBy }) => setBy ?? []),
  )
  return list.map((one) => ({
    ...one,
    setBy: one.setBy === null ? null : (people.get(one.setBy)?.name ?? null),
  }))
}

/** Every rule as it holds, with what is set for later. */
export async function rules(trx: Trx, now: Temporal.Instant): Promise<Rules> {
  const today = civilDay(now)
  const list = await named(trx, await store.versions(trx))
  const open = await openCounts(trx)
  const households = await store.householdCounts(trx)
  const items = [...Map.groupBy(list, ({ id }) => id).values()].flatMap((versions) => {
    const newest = versions.at(-1)
    if (!newest) return []
    const current = versions.findLast(({ validFrom }) => validFrom <= today)
    const counts = { open: open.get(newest.id) ?? 0, households: households.get(newest.id) ?? 0 }
    return [{ now: current ?? newest, ahead: current && newest !== current ? newest : null, ...counts }]
  })
  // As often as they are met: the monthly round first, what happens once in a while last.
  const often = ({ now: rule }: Rules['items'][number]) =>
    ['monthly', 'weekly', 'half_monthly', 'quarterly', 'event'].indexOf(rule.rhythm)
  return { items: items.toSorted((a, b) => often(a) - often(b) || (a.now.name < b.now.name ? -1 : 1)) }
}

/** Every version of a rule, newest first. */
export async function ruleHistory(trx: Trx, rule: string): Promise<Rule[]> {
  const list = await store.versions(trx, rule)
  return list.length > 0 ? (await named(trx, list)).toReversed() : refuse('record.not_found')
}

/** Adds a version to a rule, or its first. What began before keeps the rule it began with. */
export async function changeRule(call: Call, id: string, change: RuleChange, version: number): Promise<Rule> {
  const { trx, now, actor } = call
  const wrong = misfit(change)
  if (wrong) refuse('visit.rule_unfit', { field: `body.${wrong}` })
  const today = civilDay(now)
  if (change.validFrom < today)
    refuse('input.invalid', { field: 'body.validFrom', expected: today, params: { count: 1 } })
  const known = await store.versions(trx, id)
  if ((known.at(-1)?.version ?? 0) !== version) refuse('changed_meanwhile')
  const { households, ...fields } = change
  const by = { person: actor.kind === 'staff' ? actor.id : null, now: text(now) }
  if (!(await store.add(trx, { ...fields, id, version: version + 1 }, by))) refuse('changed_meanwhile')
  if (change.who === 'list' && households) {
    const there = await householdsAmong(trx, households)
    if (there.length !== new Set(households).size)
      refuse('record.invalid_reference', { field: 'body.households' })
    await store.nameHouseholds(trx, id, there, today)
  }
  const [made] = (await named(trx, await store.versions(trx, id))).slice(-1)
  return made ?? refuse('record.not_found')
}

/** What a rule would ask for in the next thirty days, without making it. */
export async function previewRule(
  trx: Trx,
  id: string,
  change: RuleChange,
  now: Temporal.Instant,
): Promise<RulePreview> {
  const wrong = misfit(change)
  if (wrong) refuse('visit.rule_unfit', { field: `body.${wrong}` })
  const today = civilDay(now)
  const from = change.validFrom > today ? change.validFrom : today
  const until = addDays(from, 30)
  const rule: Asking = { ...change, id, version: 1 }
  const calendar = await calendarOf(trx, text(now))
  const presumed = (day: string) => calendar.presumed.has(Number(day.slice(0, 4)))
  if (change.who === 'event') {
    const tasks = change.active ? await countEvents(trx, rule, addDays(today, -30), today) : 0
    const { people } = await countAsked(trx, rule, today, undefined)
    const window = eventWindow(change.days ?? 1, from)
    return {
      households: tasks,
      tasks,
      periods: [{ key: change.event ?? '', opensOn: window.opensOn, dueOn: window.dueOn, presumed: false }],
      perPerson: perPerson(tasks, people),
      estimated: true,
    }
  }
  const periods = periodsOf(change, from, until, holidaysAround(today)).filter(
    ({ opensOn }) => opensOn >= from,
  )
  const { households, people } = await countAsked(trx, rule, today, change.households)
  const tasks = change.active ? households * periods.length : 0
  return {
    households: change.active ? households : 0,
    tasks,
    periods: periods.map(({ key, opensOn, dueOn }) => ({
      key,
      opensOn,
      dueOn,
      presumed: change.event === 'holiday' && presumed(dueOn),
    })),
    perPerson: perPerson(tasks, people),
    estimated: false,
  }
}

const perPerson = (tasks: number, people: number) =>
  people === 0 ? null : Math.round((tasks / people) * 10) / 10
