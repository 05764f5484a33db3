import { deskAbove, rank } from './climbing.ts'
import { desksBeside } from './confidence/rules.ts'
import type { Entry } from './entry.ts'
import { states } from './lifecycle.ts'
import type { StateRule } from './lifecycle-rule.ts'
import { nextAlarm } from './next-alarm.ts'
import type { Alarm } from './next-alarm.ts'
import { resumed } from './reviewing.ts'
import type { World } from './rules.ts'
import { apply } from './standing.ts'
import type { Standing } from './standing.ts'

/** What the clock enters. Pure: the job brings the time. */

/** Whether the answer reached its reporter; `nobody`: who said it is erased, and no word will come (RQ15). */
type Heard = boolean | 'nobody'

type Around = Pick<World, 'now' | 'desks' | 'plan'>
type Base = Pick<Entry, 'id' | 'at' | 'channel' | 'by' | 'words'>

/** What the clock enters when an alarm is due (RQ5, RQ7), and how the request stands then; null when nothing is due at `world.now`. */
export function ring(
  standing: Standing,
  id: (alarm: Alarm) => string,
  heard: Heard,
  world: Around,
): { entry: Entry; standing: Standing } | null {
  const alarm = nextAlarm(standing)
  const { clock } = states[standing.state]
  if (!alarm || !clock || Date.parse(alarm.at) > Date.parse(world.now)) return null
  const base = {
    id: id(alarm),
    at: world.now,
    channel: 'clock',
    by: { kind: 'system' as const },
    words: null,
  }
  const entry = entryFor(alarm, base, standing, heard, {
    ...world,
    desks: desksBeside(world.desks, standing.complainedOf),
  })
  return { entry, standing: apply(standing, entry) }
}

function entryFor(alarm: Alarm, base: Base, standing: Standing, heard: Heard, world: Around): Entry {
  if (alarm.what === 'part') return partEntry(alarm, base, standing)
  if (alarm.what === 'demand') return demandEntry(alarm.of, base, standing, world)
  if (alarm.what === 'rung') return rungEntry(base, standing, world)
  const { clock } = states[standing.state]
  if (clock === 'pause') {
    // As far as was agreed, not as late as the clock may come round.
    const [resume] = resumed({ ...base, visible: true }, standing, world, alarm.at) ?? []
    return { ...base, ...resume } as Entry
  }
  if (clock === 'word' && heard)
    return {
      ...base,
      kind: 'close',
      visible: true,
      data: { grounds: heard === 'nobody' ? 'erased' : 'silence' },
    }
  if (!clock || clock === 'word' || alarm.share !== 'due')
    return { ...base, kind: 'remind', visible: false, data: { clock: clock ?? 'solve', share: alarm.share } }
  return supervising(base, standing, standing.level, standing.term?.dueAt ?? base.at, world)
}

/** The level above is told and supervises; where there is a further one, it is told in its turn. */
function supervising(
  base: Base,
  standing: Standing,
  from: Standing['level'],
  since: string,
  { desks, plan }: Around,
): Entry {
  const above = deskAbove(from, desks)
  const { clock } = states[standing.state]
  const next = above ? nextRung(standing, above.level, since, { desks, plan }) : undefined
  return {
    ...base,
    kind: 'supervise',
    visible: true,
    data: {
      clock: clock === 'triage' || clock === 'appeal' ? clock : 'solve',
      above: above?.organisation,
      level: above?.level,
      ...(next && { next, due: next }),
    },
  }
}

/**
 * When it climbs on, or undefined where nothing is left to climb: counted from the time the last step was due and not from
 * when the clock came round, so that whoever is late is late from the beginning (RQ14).
 */
function nextRung(
  standing: Standing,
  level: Standing['level'],
  since: string,
  { desks, plan }: Pick<Around, 'desks' | 'plan'>,
): string | undefined {
  // The desk that was told is the one it goes to next, where nobody has taken it.
  const isWithDesk = isHeldByDesk(standing)
  const isFurther = deskAbove(level, desks) !== null || (isWithDesk && standing.level !== level)
  return isFurther ? plan.rung(standing.urgency, since) : undefined
}

/** RQ14: nobody has taken it: it waits at a desk, which it can be moved on from. What a department has stays with it. */
function isHeldByDesk({ state, holder, desk }: Standing): boolean {
  const rule: StateRule = states[state]
  return rule.holder === 'desk' || (state === 'whistled' && holder?.organisation === desk)
}

/** One more level of the ladder, as many as there are. */
function rungEntry(base: Base, standing: Standing, world: Around): Entry {
  const { rung, level } = standing
  const since = rung?.at ?? base.at
  // By hand it may have gone higher meanwhile than the clock had told.
  const isAhead = rung !== null && rank(rung.level) > rank(level)
  const highest = isAhead ? rung.level : level
  if (!isHeldByDesk(standing)) return supervising(base, standing, highest, since, world)
  const told = isAhead ? world.desks[highest] : undefined
  const to = told ? { level: highest, organisation: told } : deskAbove(highest, world.desks)
  if (!to) return supervising(base, standing, highest, since, world)
  const higher = deskAbove(to.level, world.desks)
  return {
    ...base,
    kind: 'climb',
    visible: true,
    data: {
      holder: { organisation: to.organisation },
      level: to.level,
      ...(higher && { next: world.plan.rung(standing.urgency, since) }),
    },
  }
}

function partEntry({ of, share }: Extract<Alarm, { of: string }>, base: Base, { holder }: Standing): Entry {
  if (share !== 'due')
    return { ...base, kind: 'remind', visible: false, data: { clock: 'part', share, part: of } }
  return {
    ...base,
    kind: 'supervise',
    visible: false,
    data: { clock: 'part', of, above: holder?.organisation },
  }
}

/** What was demanded was not answered in time: the level above whoever demanded is told. */
function demandEntry(of: string, base: Base, standing: Standing, { desks }: Around): Entry {
  const demand = standing.supervisions.find(({ id }) => id === of)
  const above = deskAbove(demand?.level ?? standing.level, desks)
  return {
    ...base,
    kind: 'supervise',
    visible: false,
    data: { clock: 'demand', of, above: above?.organisation, level: above?.level },
  }
}
