import type { DemoCalendar } from './simulation.ts'

const HOUR = 3_600_000

function term(from: string, hours: number) {
  const start = Date.parse(from)
  const at = (share: number) => new Date(start + hours * HOUR * share).toISOString()
  return { startsAt: from, halfAt: at(0.5), mostAt: at(0.8), dueAt: at(1), presumed: false }
}

/** A calendar without nights and weekends, so that the generator's tests stand on their own. */
export const plainCalendar: DemoCalendar = {
  triage: (from) => term(from, 12),
  word: (from) => term(from, 7 * 24),
  appeal: (from) => term(from, 60),
  after: (of, { from, until }) => {
    const moved = (at: string) =>
      at <= from ? at : new Date(Date.parse(at) + Date.parse(until) - Date.parse(from)).toISOString()
    return { ...of, halfAt: moved(of.halfAt), mostAt: moved(of.mostAt), dueAt: moved(of.dueAt) }
  },
  longer: (of, dueAt) => ({ ...of, dueAt }),
  within: (from, dueAt) => term(from, Math.max(Date.parse(dueAt) - Date.parse(from), 0) / HOUR),
  // Long, because nights and weekends pass in it in which nobody would climb.
  rung: (urgency, from) => term(from, urgency === 'now' ? 24 : 7 * 24).dueAt,
  solve: (_category, urgency, from) => ({ term: term(from, urgency === 'now' ? 24 : 120), steps: [] }),
}

export const fixtureNow = Temporal.Instant.from('2026-11-20T02:20:00Z')
