import { ring } from '#requests/alarms.ts'
import { joining } from '#requests/joined.ts'
import type { Joined } from '#requests/joined.ts'
import type { Party } from '#requests/lifecycle-rule.ts'
import { decide, obstacle, partiesOf } from '#requests/rules.ts'
import type { Actor, PlainCommand, World } from '#requests/rules.ts'
import { nextAlarm } from '#requests/next-alarm.ts'
import { apply } from '#requests/standing.ts'
import type { Entry, EntryOf, Maker, Term } from '#requests/entry.ts'
import type { Standing } from '#requests/standing.ts'
import type { Person } from './people.ts'
import type { Random } from './prng.ts'

/** The calendar as far as the demo needs it; every time is ISO text in UTC. */
export type DemoCalendar = World['plan'] & { triage(from: string): Term }

/** Somebody of the staff, acting for an organisation; at a desk when `desk` is given. */
export type Acting = {
  person: Person
  organisation: string
  desk?: { level: 'community' | 'subdistrict' | 'district'; path: string }
}

type Fields<C> = C extends PlainCommand ? Omit<C, 'id'> : never
/** A command without its id. */
export type Move = Fields<PlainCommand>

type Steps<J> = J extends Joined ? Omit<J, 'id'> : never
/** A step of a whistle or a meeting without its id. */
export type Joining = Steps<Joined>

/**
 * One request lived through step by step, by the same rules as a live one: the clock rings in between, and what lies
 * after `end` has not happened yet.
 */
export type Simulation = {
  readonly entries: Entry[]
  readonly standing: Standing
  /** Epoch milliseconds of the last entry. */
  readonly at: number
  /** Enters a move at a time; false when that time has not come yet, or the clock ended the matter first. */
  act(at: number, by: Acting | 'reporter', move: Move): boolean
  /** Enters what a whistle or a meeting decided; the records beside the story are the caller's. */
  joins(at: number, by: Acting | 'system', step: Joining & { id?: string }): boolean
  /** Lets the clock run up to a time; false when that has not come yet. */
  waitUntil(at: number): boolean
  /** Lets the clock run up to the end. */
  rest(): void
}

type Start = {
  path: string
  desks: World['desks']
  calendar: DemoCalendar
  end: number
  random: Random
  submittedAt: number
  channel: string
  words: string
  by: Maker
  category?: string
}

export function simulate(start: Start): Simulation {
  const { path, desks, calendar, end, random } = start
  const level = (['community', 'subdistrict', 'district'] as const).find((one) => desks[one])
  const organisation = level && desks[level]
  if (!level || !organisation) throw new Error(`no desk over ${path}`)
  const submitted = iso(start.submittedAt)
  const first: EntryOf<'submit'> = {
    id: random.uuid(start.submittedAt),
    kind: 'submit',
    at: submitted,
    channel: start.channel,
    by: start.by,
    visible: true,
    words: start.words,
    data: {
      holder: { organisation },
      level,
      term: calendar.triage(submitted),
      ...(start.category && { category: start.category }),
    },
  }
  const entries: Entry[] = [first]
  let standing: Standing = apply(null, first)
  let at = start.submittedAt
  const world = (now: number): World => ({ now: iso(now), path, desks, plan: calendar })

  /** Rings every alarm that falls due up to a time, a few seconds late as the jobs do. */
  const ringUntil = (limit: number): void => {
    for (;;) {
      const alarm = nextAlarm(standing)
      const due = alarm ? Date.parse(alarm.at) + random.between(1500, 20_000) : Infinity
      if (due > limit) return
      const rung = ring(standing, () => random.uuid(due), true, world(Math.max(due, at + 1)))
      if (!rung) return
      entries.push(rung.entry)
      standing = rung.standing
      at = Date.parse(rung.entry.at)
    }
  }

  return {
    entries,
    get standing() {
      return standing
    },
    get at() {
      return at
    },
    act(when, by, move) {
      if (when > end) return false
      ringUntil(when)
      const now = Math.floor(Math.max(when, at + 1000))
      if (now > end) return false
      const command = { ...move, id: random.uuid(now) } as PlainCommand
      const maker = by === 'reporter' ? { kind: 'reporter' as const, channel: 'phone_page' } : staffMaker(by)
      const decided = decide(standing, command, actorOf(by), maker, world(now), () => random.uuid(now))
      // The clock closed it in silence before this could happen: that is a story too.
      if ('refused' in decided && standing.state === 'closed') return false
      // Nobody came in time, and the desk above has it by now.
      if ('refused' in decided && entries.at(-1)?.kind === 'climb') return false
      if ('refused' in decided)
        throw new Error(`the demo's ${move.kind} in ${standing.state} was refused: ${decided.refused}`)
      entries.push(...decided.entries)
      standing = decided.standing
      at = now
      return true
    },
    joins(when, by, step) {
      if (when > end) return false
      ringUntil(when)
      const now = Math.floor(Math.max(when, at + 1000))
      if (now > end) return false
      const made = { id: random.uuid(now), ...step } as Joined
      const parties: Party[] =
        step.kind === 'whistle' && by !== 'system' ? partiesOf(standing, path, actorOf(by)) : ['system']
      const stop = obstacle(standing, step.kind, parties, iso(now))
      // Answered or taken back meanwhile: there is nothing left to whistle for.
      if (stop) return false
      const draft = joining(standing, made, world(now))
      if ('refused' in draft)
        throw new Error(`the demo's ${step.kind} in ${standing.state} was refused: ${draft.refused}`)
      const { channel, ...maker } =
        by === 'system' ? { kind: 'system' as const, channel: 'clock' } : staffMaker(by)
      const entry = { ...draft, at: iso(now), channel, by: maker } as Entry
      entries.push(entry)
      standing = apply(standing, entry)
      at = now
      return true
    },
    waitUntil(when) {
      if (when > end) return false
      ringUntil(when)
      return true
    },
    rest: () => ringUntil(end),
  }
}

function staffMaker(by: Acting): Maker & { channel: string } {
  return { kind: 'staff', person: by.person.id, organisation: by.organisation, channel: 'console' }
}

function actorOf(by: Acting | 'reporter'): Actor {
  if (by === 'reporter') return { kind: 'reporter' }
  const desks = by.desk ? [{ ...by.desk, organisation: by.organisation }] : []
  return { kind: 'staff', person: by.person.id, organisations: [by.organisation], desks }
}

export function iso(ms: number): string {
  return new Date(ms).toISOString()
}
