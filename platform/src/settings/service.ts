import { settingEntries } from '#audit/service.ts'
import { limitsFor } from '#catalogue/rules.ts'
import type { Step } from '#catalogue/contract.ts'
import { categoryNames, stepsAt } from '#catalogue/service.ts'
import { calendarIf, calendarOf } from '#deadlines/service.ts'
import { addLimit, describeYear, earliestTerm } from '#deadlines/rules.ts'
import type { Calendar } from '#deadlines/rules.ts'
import type { Trx } from '#kernel/db.ts'
import { organisationNames, organisationsFound } from '#org/service.ts'
import { namedAmong } from '#requests/handlers.ts'
import { dueBetween, runningIn } from '#requests/running.ts'
import type {
  CalendarEffect,
  CalendarPreview,
  CategoryEffect,
  CategoryPreview,
  SettingsHistory,
} from './contract.ts'
import { settingKinds } from './contract.ts'

/** Looks at what a change would do before it is made, and at what was changed. Reads only. */

const dueBy = (from: string, steps: readonly Step[], calendar: Calendar) =>
  earliestTerm(from, limitsFor(steps, 'by_date'), calendar).dueAt

/** ST1 What a changed limit or department means: for requests under way, and for one accepted when it begins to hold. */
export async function categoryEffect(
  trx: Trx,
  code: string,
  change: CategoryPreview,
  now: string,
): Promise<CategoryEffect> {
  const from = change.validFrom && change.validFrom > now ? change.validFrom : now
  const calendar = await calendarOf(trx, from)
  const before = (await stepsAt(trx, from)).get(code) ?? []
  return {
    ...(await runningIn(trx, code)),
    example: change.steps
      ? { from, before: dueBy(from, before, calendar), after: dueBy(from, change.steps, calendar) }
      : null,
    unknown: await unknownAmong(trx, change.leads ?? []),
  }
}

/** Departments are proposed by name; a name that nobody goes by would propose nobody. */
async function unknownAmong(trx: Trx, leads: readonly string[]): Promise<string[]> {
  const unknown: string[] = []
  for (const lead of leads) {
    const isNamed = namedAmong([lead])
    if (!(await organisationsFound(trx, { q: lead, limit: 50 })).items.some(isNamed)) unknown.push(lead)
  }
  return unknown
}

const dayMs = 86_400_000
const instantOf = (day: string, clock: string) => new Date(`${day}T${clock}+08:00`).toISOString()

type Year = ReturnType<typeof describeYear>

function changedDays(before: Year, after: Year): CalendarEffect['days'] {
  const marked = ({ off, working }: Year) => new Set([...off, ...working])
  const changed = marked(before).symmetricDifference(marked(after))
  // A day without a mark is worked unless it is on a weekend: whoever lost the mark "off" is worked again.
  const works = (day: string) => after.working.includes(day) || before.off.includes(day)
  return [...changed].toSorted().map((day) => ({ day, works: works(day) }))
}

/** ST2 What a changed year means: which days change, and for a request that spans the first of them. */
export async function calendarEffect(
  trx: Trx,
  change: CalendarPreview,
  now: string,
): Promise<CalendarEffect> {
  const before = await calendarOf(trx, now)
  const after = await calendarIf(trx, change.year, change, now)
  const days = changedDays(describeYear(before, change.year), describeYear(after, change.year))
  const [first] = days
  const limit = { unit: 'working_days', amount: 5 } as const
  const from = first && new Date(Date.parse(instantOf(first.day, '10:00:00')) - 2 * dayMs).toISOString()
  return {
    days,
    running: await dueBetween(
      trx,
      instantOf(`${change.year}-01-01`, '00:00:00'),
      instantOf(`${change.year + 1}-01-01`, '00:00:00'),
    ),
    example: from
      ? { from, before: addLimit(from, limit, before).due, after: addLimit(from, limit, after).due }
      : null,
  }
}

/** ST3 Who changed what, newest first: what the ledger holds of settings. */
export async function settingsHistory(
  trx: Trx,
  query: { kind?: (typeof settingKinds)[number] | undefined; after?: string | undefined; limit: number },
  language: string,
): Promise<SettingsHistory> {
  const { rows, next } = await settingEntries(trx, query.kind ? [query.kind] : settingKinds, query)
  const organisations = await organisationNames(
    trx,
    rows.flatMap(({ subject }) => (subject?.kind === 'organisation' && subject.id ? [subject.id] : [])),
  )
  const categories = await categoryNames(trx, language)
  return {
    items: rows.map(({ lane, seq, at, actor, subject, detail }) => {
      const named = detail['code'] ?? detail['template'] ?? detail['year']
      const code = typeof named === 'string' || typeof named === 'number' ? `${named}` : null
      return {
        id: `${lane}-${seq}`,
        at,
        by: actor.name,
        kind: subject!.kind as SettingsHistory['items'][number]['kind'],
        about:
          (subject?.id && organisations.get(subject.id)?.shortName) ??
          (code && (categories.get(code)?.name ?? code)) ??
          null,
        detail,
      }
    }),
    next,
  }
}
