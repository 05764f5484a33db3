import { expect } from 'vitest'
import type { Command } from '#requests/commands.ts'
import type { Level } from '#requests/lifecycle-rule.ts'
import { ring } from '#requests/alarms.ts'
import type { Alarm } from '#requests/next-alarm.ts'
import { joining } from '#requests/joined.ts'
import type { Joined } from '#requests/joined.ts'
import { merge, unmerge } from '#requests/together/rules.ts'
import type { Side } from '#requests/together/rules.ts'
import { decide, obstacle } from '#requests/rules.ts'
import type { Actor, World } from '#requests/rules.ts'
import { apply } from '#requests/standing.ts'
import type { Entry, EntryOf, Maker, Term } from '#requests/entry.ts'
import type { Standing } from '#requests/standing.ts'

/** A request that is lived through by the rules alone, without server or database. */

export const path = '131003/131003008/131003008001/131003008001001/'
export const desks = {
  community: 'desk-c',
  subdistrict: 'desk-s',
  district: 'desk-d',
} as const satisfies Partial<Record<Level, string>>
export const hour = 3_600_000

export const iso = (ms: number) => new Date(ms).toISOString()
const term = (from: string, hours: number): Term => {
  const start = Date.parse(from)
  return {
    startsAt: from,
    halfAt: iso(start + hours * 0.5 * hour),
    mostAt: iso(start + hours * 0.8 * hour),
    dueAt: iso(start + hours * hour),
    presumed: false,
  }
}
/** A clock that stood still, by hand: every hour counts here. */
function moved(of: Term, { from, until }: { from: string; until: string }): Term {
  const by = (at: string) => (at <= from ? at : iso(Date.parse(at) + Date.parse(until) - Date.parse(from)))
  return { ...of, halfAt: by(of.halfAt), mostAt: by(of.mostAt), dueAt: by(of.dueAt) }
}
function longer(of: Term, dueAt: string): Term {
  const added = Date.parse(dueAt) - Date.parse(of.dueAt)
  const by = (at: string, share: number) => iso(Date.parse(at) + share * added)
  return { ...of, halfAt: by(of.halfAt, 0.5), mostAt: by(of.mostAt, 0.8), dueAt }
}
const world = (now: string): World => ({
  now,
  path,
  desks,
  plan: {
    solve: (_category, _urgency, from) => ({ term: term(from, 24), steps: [] }),
    word: (from) => term(from, 7 * 24),
    appeal: (from) => term(from, 5 * 24),
    after: moved,
    longer,
    within: (from, dueAt) => term(from, Math.max(Date.parse(dueAt) - Date.parse(from), 0) / hour),
    rung: (urgency, from) => term(from, urgency === 'now' ? 2 : 24).dueAt,
  },
})

const deskOf = (level: keyof typeof desks, area: string, person = `person-${level}`): Actor => ({
  kind: 'staff',
  person,
  organisations: [desks[level]],
  desks: [{ level, path: area, organisation: desks[level] }],
})
export const communityDesk = deskOf('community', '131003/131003008/131003008001/')
/** Who serves at the same desk as well. */
export const colleague = deskOf('community', '131003/131003008/131003008001/', 'person-colleague')
export const subdistrictDesk = deskOf('subdistrict', '131003/131003008/')
export const districtDesk = deskOf('district', '131003/')
export const otherDesk = deskOf('community', '131003/131003008/131003008002/')
export const firm: Actor = { kind: 'staff', person: 'person-firm', organisations: ['firm'], desks: [] }
export const bureau: Actor = { kind: 'staff', person: 'person-bureau', organisations: ['bureau'], desks: [] }
export const reporter: Actor = { kind: 'reporter' }
export const follower: Actor = { kind: 'follower', follower: 'neighbour' }
export const everyone: Actor[] = [
  reporter,
  follower,
  communityDesk,
  colleague,
  subdistrictDesk,
  districtDesk,
  otherDesk,
  firm,
  bureau,
]

const t0 = '2026-11-20T02:20:00.000Z'
const submitted: Entry = {
  id: 'submit',
  kind: 'submit',
  at: t0,
  channel: 'phone_page',
  by: { kind: 'reporter' },
  visible: true,
  words: '污水井往外冒',
  data: { holder: { organisation: desks.community }, level: 'community', term: term(t0, 4) },
}

type OfferKind = 'offer' | 'take_up' | 'give_back' | 'unoffer'

let lives = 0

/** As the service names who makes an entry. */
function makerOf(actor: Actor, { holder }: Standing): Maker & { channel: string } {
  if (actor.kind === 'follower') return { kind: 'reporter', follower: actor.follower, channel: 'phone_page' }
  if (actor.kind !== 'staff') return { kind: actor.kind, channel: 'phone_page' }
  const { person, organisations, desks: at } = actor
  const own = holder && organisations.includes(holder.organisation) ? holder.organisation : undefined
  const organisation = own ?? at[0]?.organisation ?? organisations[0]
  return { kind: 'staff', person, organisation, channel: 'console' }
}

/** One story being lived: every entry the rules let through, and what they refused. */
export class Life {
  story: Entry[] = [submitted]
  standing: Standing = apply(null, submitted)
  now = Date.parse(t0)
  count = 0

  /** The request it was merged into, and those merged into it. */
  into: Life | null = null
  taken: Life[] = []
  id = `life-${(lives += 1)}`

  enter(actor: Actor, command: Command): string | null {
    if (command.kind === 'merge') return this.mergeInto(actor, new Life(), command)
    if (command.kind === 'unmerge') return this.part(actor, command)
    let follows = 0
    const decided = decide(
      this.standing,
      command,
      actor,
      makerOf(actor, this.standing),
      world(iso(this.now)),
      () => `${command.id}-${(follows += 1)}`,
    )
    if ('refused' in decided) return decided.refused
    this.story.push(...decided.entries)
    this.standing = decided.standing
    return null
  }

  /** As the clock derives it (`clock.ts`). */
  private ringId(alarm: Alarm): string {
    const { state, reopens, suspended, term: running } = this.standing
    if (alarm.what === 'part' || alarm.what === 'demand')
      return `ring-${alarm.what}-${alarm.of}-${alarm.share}`
    if (alarm.what === 'rung') return `ring-rung-${alarm.at}`
    return `ring-${state}-${reopens}-${suspended?.since ?? running?.startsAt}-${alarm.share}`
  }

  wait(milliseconds: number, delivered = true): void {
    this.now += milliseconds
    for (;;) {
      const rang = ring(this.standing, (alarm) => this.ringId(alarm), delivered, world(iso(this.now)))
      if (!rang) return
      this.story.push(rang.entry)
      this.standing = rang.standing
    }
  }

  /** What another capability enters by rule: a town's judgement, a department that came, a meeting's decision. */
  joins(step: Joined, party: 'system' | 'desk' = 'system'): string | null {
    const now = iso(this.now)
    const stop = obstacle(this.standing, step.kind, [party], now)
    if (stop) return stop.refused
    const draft = joining(this.standing, step, world(now))
    if ('refused' in draft) return draft.refused
    const by = { kind: 'staff' as const, person: 'person-town', organisation: desks.subdistrict }
    this.take({ ...draft, at: now, channel: 'console', by } as Entry)
    return null
  }

  /** What an offer enters by rule (docs/adr/0036). */
  offers(made: Pick<EntryOf<OfferKind>, 'words'> & { kind: OfferKind; data: object }): string | null {
    const now = iso(this.now)
    const stop = obstacle(this.standing, made.kind, ['system'], now)
    if (stop) return stop.refused
    const { holder } = this.standing
    const organisation = holder?.organisation ?? ''
    const holds =
      made.kind === 'take_up'
        ? { holder: { organisation, person: 'person-neighbour' } }
        : { holder: { organisation } }
    const data = made.kind === 'offer' || made.kind === 'unoffer' ? made.data : { ...made.data, ...holds }
    const by = { kind: 'staff' as const, person: 'person-community', organisation }
    const id = `offer-${(this.count += 1)}`
    this.take({ ...made, id, at: now, channel: 'console', visible: true, by, data } as Entry)
    return null
  }

  /** Another resident follows instead of saying the same (RQ13). */
  follow(id = `follower-${this.story.length}`): string | null {
    const stop = obstacle(this.standing, 'follow', ['resident'], iso(this.now))
    if (stop) return stop.refused
    this.take({
      id: `follow-${id}`,
      kind: 'follow',
      at: iso(this.now),
      channel: 'phone_page',
      by: { kind: 'reporter', follower: id },
      visible: true,
      words: null,
      data: {},
    })
    return null
  }

  private take(...made: readonly Entry[]): void {
    this.story.push(...made)
    this.standing = made.reduce(apply, this.standing)
  }

  side(): Side {
    const { id, standing } = this
    return { id, path, apart: false, standing, direct: standing.followers - standing.absorbed.length }
  }

  /** Merges this one into another, as a desk that answers for both would. */
  mergeInto(actor: Actor, other: Life, command: Extract<Command, { kind: 'merge' }>): string | null {
    const by = makerOf(actor, this.standing)
    const now = iso(this.now)
    const made = merge(this.side(), other.side(), { command, actor, by, now, id: `absorb-${command.id}` })
    if ('refused' in made) return made.refused
    this.take(...made.gone.entries)
    other.take(...made.stays.entries)
    this.into = other
    other.taken = [...other.taken, this]
    return null
  }

  part(actor: Actor, command: Extract<Command, { kind: 'unmerge' }>): string | null {
    const other = this.into ?? new Life()
    const by = makerOf(actor, this.standing)
    const back = this.standing.followers - this.standing.absorbed.length
    const now = iso(this.now)
    const made = unmerge(this.side(), other.side(), {
      command,
      actor,
      by,
      now,
      id: `release-${command.id}`,
      back,
    })
    if ('refused' in made) return made.refused
    this.take(...made.gone.entries)
    other.take(...made.stays.entries)
    other.taken = other.taken.filter((one) => one !== this)
    this.into = null
    return null
  }

  /** The desk merges another one into this, and parts it again. */
  takeIn(other = new Life()): string | null {
    const id = `taken-${(this.count += 1)}`
    return other.mergeInto(communityDesk, this, { id, kind: 'merge', into: this.id, words: '' })
  }

  letGo(): string | null {
    const [last] = this.taken.slice(-1)
    if (!last) return 'nothing to let go'
    const id = `let-go-${(this.count += 1)}`
    return last.part(communityDesk, { id, kind: 'unmerge', words: '不是一回事' })
  }

  do(actor: Actor, command: Record<string, unknown> & { kind: string }): string | null {
    return this.enter(actor, { id: `c${(this.count += 1)}`, ...command } as unknown as Command)
  }
}

/** What only the moment can say: which proposal is reviewed, and an end that somebody may ask for. */
export function fitting<C extends { kind: string }>(life: Life, command: C, days = 1): C {
  const { standing, now } = life
  if (command.kind === 'review') return { ...command, proposal: standing.proposal?.id ?? 'none' }
  const of = (ids: readonly { id: string }[]) =>
    (ids[Math.floor(days * 4) % (ids.length || 1)] ?? { id: 'none' }).id
  if (command.kind.startsWith('part_')) {
    const wanted = command.kind === 'part_answer' ? 'taken' : command.kind === 'part_take_back' ? '' : 'given'
    return { ...command, part: of(standing.parts.filter(({ state }) => !wanted || state === wanted)) }
  }
  if (command.kind === 'reply' || command.kind === 'lift')
    return { ...command, supervision: of(standing.supervisions) }
  if (command.kind === 'split') {
    const due = iso(Math.max(now + 1, Date.parse(standing.term?.dueAt ?? iso(now)) - days * hour))
    const part = (id: string, organisation: string) => ({
      id: `${life.id}-${life.count}-${id}`,
      lead: { organisation },
      words: '管沟这一段',
    })
    return { ...command, parts: [{ ...part('a', 'firm'), due }, part('b', 'bureau')] }
  }
  if (command.kind !== 'propose') return command
  const what = 'what' in command ? command.what : undefined
  const since = what === 'extend' ? Date.parse(standing.term?.dueAt ?? iso(now)) : now
  return { ...command, until: iso(since + days * 24 * hour) }
}

export const accept = { kind: 'accept', category: 'B03', urgency: 'by_date', points: [] }
export const assign = { kind: 'assign', lead: { organisation: 'firm' }, assisting: [], words: '' }
export const answer = {
  kind: 'answer',
  words: '疏通了',
  points: [{ index: 0, open: false }],
  attachments: [],
}
export const giveBack = { kind: 'return', basis: 'not_our_duty', words: '堵在围墙外' }

export function lifeTo(...steps: [Actor, Record<string, unknown> & { kind: string }][]): Life {
  const life = new Life()
  for (const [actor, command] of steps) expect(life.do(actor, command)).toBeNull()
  return life
}
export const answered = () =>
  lifeTo(
    [communityDesk, accept],
    [communityDesk, assign],
    [firm, { kind: 'take', words: '' }],
    [firm, answer],
  )
