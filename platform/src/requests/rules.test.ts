import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { genesis, linkHash, sealWords } from './chain.ts'
import type { Command } from './contract.ts'
import {
  checkLifecycle,
  entries,
  entryKinds,
  reopenDays,
  states,
  triesUntilUnreachable,
} from './lifecycle.ts'
import type { EntryKind, Level } from './lifecycle.ts'
import { abilitiesOf, decide, deskAbove, ring } from './rules.ts'
import type { Actor, World } from './rules.ts'
import { apply, fold, isOverdue } from './standing.ts'
import type { Entry, Standing, Term } from './standing.ts'

const path = '131003/131003008/131003008001/131003008001001/'
const desks: Record<Level, string> = { community: 'desk-c', subdistrict: 'desk-s', district: 'desk-d' }
const hour = 3_600_000

const iso = (ms: number) => new Date(ms).toISOString()
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
const world = (now: string): World => ({
  now,
  path,
  desks,
  plan: {
    solve: (_category, _urgency, from) => ({ term: term(from, 24), steps: [] }),
    word: (from) => term(from, 7 * 24),
  },
})

const deskOf = (level: Level, area: string): Actor => ({
  kind: 'staff',
  person: `person-${level}`,
  organisations: [desks[level]],
  desks: [{ level, path: area, organisation: desks[level] }],
})
const communityDesk = deskOf('community', '131003/131003008/131003008001/')
const subdistrictDesk = deskOf('subdistrict', '131003/131003008/')
const districtDesk = deskOf('district', '131003/')
const otherDesk = deskOf('community', '131003/131003008/131003008002/')
const firm: Actor = { kind: 'staff', person: 'person-firm', organisations: ['firm'], desks: [] }
const bureau: Actor = { kind: 'staff', person: 'person-bureau', organisations: ['bureau'], desks: [] }
const reporter: Actor = { kind: 'reporter' }
const everyone: Actor[] = [reporter, communityDesk, subdistrictDesk, districtDesk, otherDesk, firm, bureau]

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

/** Half of the moves try anything; the others take a step that is open to the actor, so that stories get long. */
function commandFor(life: Life, actor: Actor, choice: number, daring: boolean) {
  const open = abilitiesOf(life.standing, path, actor, iso(life.now))
  const allowed = commands.filter(({ kind }) => open.some((one) => one === kind))
  const from = daring || allowed.length === 0 ? commands : allowed
  return from[choice % from.length]!
}

/** One story being lived: every entry the rules let through, and what they refused. */
class Life {
  story: Entry[] = [submitted]
  standing: Standing = apply(null, submitted)
  now = Date.parse(t0)
  count = 0

  enter(actor: Actor, command: Command): string | null {
    let follows = 0
    const decided = decide(
      this.standing,
      command,
      actor,
      { kind: actor.kind, channel: 'console' },
      world(iso(this.now)),
      () => `${command.id}-${(follows += 1)}`,
    )
    if ('refused' in decided) return decided.refused
    this.story.push(...decided.entries)
    this.standing = decided.standing
    return null
  }

  wait(milliseconds: number, delivered = true): void {
    this.now += milliseconds
    for (;;) {
      const rang = ring(
        this.standing,
        (share) =>
          `ring-${this.standing.state}-${this.standing.reopens}-${this.standing.term?.startsAt}-${share}`,
        delivered,
        world(iso(this.now)),
      )
      if (!rang) return
      this.story.push(rang.entry)
      this.standing = rang.standing
    }
  }

  do(actor: Actor, command: Record<string, unknown> & { kind: string }): string | null {
    return this.enter(actor, { id: `c${(this.count += 1)}`, ...command } as unknown as Command)
  }
}

const accept = { kind: 'accept', category: 'B03', urgency: 'by_date', points: [] }
const assign = { kind: 'assign', lead: { organisation: 'firm' }, assisting: [], words: '' }
const answer = { kind: 'answer', words: '疏通了', points: [{ index: 0, open: false }], attachments: [] }
const giveBack = { kind: 'return', basis: 'not_our_duty', words: '堵在围墙外' }

function lifeTo(...steps: [Actor, Record<string, unknown> & { kind: string }][]): Life {
  const life = new Life()
  for (const [actor, command] of steps) expect(life.do(actor, command)).toBeNull()
  return life
}
const answered = () =>
  lifeTo(
    [communityDesk, accept],
    [communityDesk, assign],
    [firm, { kind: 'take', words: '' }],
    [firm, answer],
  )

const commands: (Record<string, unknown> & { kind: string })[] = [
  ...[
    accept,
    { ...accept, points: ['一', '二'] },
    assign,
    { ...assign, lead: { organisation: 'bureau', person: 'x' }, assisting: ['firm'] },
    answer,
    giveBack,
  ],
  { kind: 'decline', reason: 'not_public_service', words: '不归这里', instead: '法院' },
  { kind: 'take', words: '' },
  { kind: 'transfer', lead: { organisation: 'bureau' }, words: '归他们管' },
  { kind: 'escalate', words: '我们解决不了' },
  { kind: 'note', words: '去看过', visible: true, attachments: [] },
  {
    kind: 'answer',
    words: '两点都办了',
    points: [
      { index: 0, open: false },
      { index: 1, open: true },
    ],
    attachments: [],
  },
  { kind: 'confirm', satisfaction: 'satisfied' },
  { kind: 'follow_up', outcome: 'satisfied', words: '' },
  { kind: 'follow_up', outcome: 'dissatisfied', words: '还漏' },
  { kind: 'follow_up', outcome: 'unreachable', words: '' },
  { kind: 'reopen', words: '还在冒' },
  { kind: 'close', grounds: 'followed_up' },
  { kind: 'rate', satisfaction: 'fair', words: '' },
  { kind: 'withdraw', words: '' },
  { kind: 'supervise', demand: '今天办完' },
]
const move = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ actor: fc.constantFrom(...everyone), choice: fc.nat(), daring: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ wait: fc.integer({ min: 1, max: 20 * 24 }), delivered: fc.boolean() }),
  },
)

describe('the table', () => {
  test('RQ14 every state that is not final has a clock, a holder and a level to climb to', () => {
    expect(checkLifecycle()).toEqual([])
  })

  test('RQ4 return, transfer and escalation never touch the clock', () => {
    for (const kind of ['return', 'transfer', 'escalate'] as const)
      expect(entries[kind].clock).toBe('runs on')
  })
})

describe('10,000 random stories', () => {
  test('RQ1 RQ2 RQ4 RQ5 RQ7 RQ8 hold whatever is tried, by whomever, in any order', () => {
    const seen = new Set<EntryKind>()
    fc.assert(
      fc.property(fc.array(move, { maxLength: 40, size: 'max' }), (moves) => {
        const life = new Life()
        for (const one of moves) {
          const before = life.standing
          const length = life.story.length
          if ('wait' in one) life.wait(one.wait * hour, one.delivered)
          else life.do(one.actor, commandFor(life, one.actor, one.choice, one.daring))
          const added = life.story.slice(length)
          for (const entry of added) seen.add(entry.kind)
          holdsStepwise(before, life.standing, added)
        }
        holdsForStory(life)
      }),
      { numRuns: 10_000 },
    )
    expect([...seen].toSorted()).toEqual(entryKinds.filter((kind) => kind !== 'submit').toSorted())
  })
})

function holdsStepwise(before: Standing, after: Standing, added: readonly Entry[]): void {
  // RQ1: exactly one holder until it is final, then none.
  expect(after.holder === null).toBe(states[after.state].final)
  // RQ4: only what the table says starts a clock moves the due time.
  const touches = added.some(({ kind }) => entries[kind].clock !== 'runs on')
  if (!touches) expect(after.term).toEqual(before.term)
  // A request whose clock runs has a time at which somebody is told.
  if (!states[after.state].final) expect(after.term).not.toBeNull()
}

function holdsForStory({ story, standing, now }: Life): void {
  // RQ2: the standing is the fold of the entries and of nothing else.
  expect(fold(story)).toEqual(standing)
  const ids = story.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  // RQ5: within one run of a clock, each share at most once, in order, and none before its time.
  let clock: Standing | null = null
  let shares: string[] = []
  for (const entry of story) {
    if (clock && entries[entry.kind].clock !== 'runs on') shares = []
    if (entry.kind === 'remind') shares.push(entry.data.share)
    if (entry.kind === 'supervise' && entry.data.clock) shares.push('due')
    expect(new Set(shares).size).toBe(shares.length)
    clock = apply(clock, entry)
  }
  if (
    states[standing.state].clock !== 'word' &&
    standing.term &&
    Date.parse(standing.term.dueAt) <= now &&
    shares.length === 3
  )
    expect(isOverdue(standing)).toBe(true)
  // RQ7: nothing is closed without an answer before it.
  const closing = story.findIndex(({ kind }) => kind === 'confirm' || kind === 'close')
  if (closing >= 0) expect(story.slice(0, closing).some(({ kind }) => kind === 'answer')).toBe(true)
}

describe('who may', () => {
  test('only a desk over the place takes a request up', () => {
    expect(lifeTo().do(otherDesk, accept)).toBe('request.not_yours_to_make')
    expect(lifeTo().do(firm, accept)).toBe('request.not_yours_to_make')
    expect(lifeTo().do(subdistrictDesk, accept)).toBeNull()
  })

  test('abilities are exactly what decide lets through', () => {
    const life = answered()
    expect(abilitiesOf(life.standing, path, reporter, iso(life.now)).toSorted()).toEqual([
      'confirm',
      'note',
      'reopen',
    ])
    expect(abilitiesOf(life.standing, path, communityDesk, iso(life.now)).toSorted()).toEqual([
      'follow_up',
      'note',
    ])
    expect(abilitiesOf(life.standing, path, bureau, iso(life.now))).toEqual([])
  })
})

test('RQ4 a returned, transferred and escalated request keeps its due time', () => {
  const life = lifeTo([communityDesk, accept], [communityDesk, assign])
  const due = life.standing.term?.dueAt
  life.now += hour
  life.do(firm, giveBack)
  life.do(communityDesk, assign)
  life.do(firm, { kind: 'transfer', lead: { organisation: 'bureau' }, words: '归他们' })
  life.do(communityDesk, { kind: 'escalate', words: '管不了' })
  expect(life.standing.level).toBe('subdistrict')
  expect(life.standing.term?.dueAt).toBe(due)
})

test('RQ5 the holder is warned at half and at four fifths, the level above is told at the end, once each', () => {
  const life = lifeTo([communityDesk, accept])
  life.wait(12 * hour)
  life.wait(12 * hour)
  life.wait(240 * hour)
  const rung = life.story.filter(({ kind }) => kind === 'remind' || kind === 'supervise')
  expect(rung.map(({ kind, data }) => [kind, (data as { share?: string }).share])).toEqual([
    ['remind', 'half'],
    ['remind', 'most'],
    ['supervise', undefined],
  ])
  expect(rung.at(-1)?.data).toMatchObject({ above: desks.subdistrict })
})

test('RQ5 RQ14 a request that nobody takes up is told to the level above as well', () => {
  const life = lifeTo()
  life.wait(4 * hour)
  expect(life.story.at(-1)).toMatchObject({
    kind: 'supervise',
    data: { clock: 'triage', above: desks.subdistrict },
  })
})

test('RQ6 the first return goes to the desk that gave it out, the second to the desk above', () => {
  const life = lifeTo([communityDesk, accept], [communityDesk, assign], [firm, giveBack])
  expect(life.standing).toMatchObject({
    state: 'accepted',
    holder: { organisation: desks.community },
    level: 'community',
  })
  life.do(communityDesk, assign)
  life.do(firm, giveBack)
  expect(life.standing).toMatchObject({
    state: 'accepted',
    holder: { organisation: desks.subdistrict },
    level: 'subdistrict',
  })
})

test('RQ7 an answer leaves no point out and names none twice', () => {
  const life = lifeTo([communityDesk, { ...accept, points: ['修井盖', '赔鞋'] }])
  expect(life.do(communityDesk, answer)).toBe('request.points_uncovered')
  expect(
    life.do(communityDesk, {
      ...answer,
      points: [
        { index: 0, open: false },
        { index: 0, open: true },
      ],
    }),
  ).toBe('request.points_uncovered')
  expect(
    life.do(communityDesk, {
      ...answer,
      points: [
        { index: 1, open: true },
        { index: 0, open: false },
      ],
    }),
  ).toBeNull()
})

test('RQ7 seven days of silence close it as silence, and only after a delivered notice', () => {
  const told = answered()
  told.wait(7 * 24 * hour)
  expect(told.standing).toMatchObject({ state: 'closed', satisfaction: 'silent' })
  const untold = answered()
  untold.wait(30 * 24 * hour, false)
  expect(untold.standing.state).toBe('answered')
  expect(untold.story.filter(({ kind }) => kind === 'remind')).toHaveLength(1)
})

test('RQ7 a desk closes only after a follow-up; three calls without an answer are their own outcome', () => {
  const life = answered()
  expect(life.do(communityDesk, { kind: 'close', grounds: 'followed_up' })).toBe('request.cannot_close_yet')
  for (let call = 1; call <= triesUntilUnreachable; call += 1) {
    expect(life.standing.state).toBe('answered')
    life.do(communityDesk, { kind: 'follow_up', outcome: 'unreachable', words: '' })
  }
  expect(life.standing).toMatchObject({ state: 'closed', satisfaction: 'unreachable' })
})

test('RQ8 "not solved" goes back to the same holder, the second time to the level above', () => {
  const life = answered()
  life.do(reporter, { kind: 'reopen', words: '还在冒' })
  expect(life.standing).toMatchObject({ state: 'in_progress', holder: { organisation: 'firm' }, reopens: 1 })
  life.do(firm, answer)
  life.do(reporter, { kind: 'reopen', words: '又冒了' })
  expect(life.standing).toMatchObject({
    state: 'accepted',
    holder: { organisation: desks.subdistrict },
    level: 'subdistrict',
    reopens: 2,
  })
})

test('RQ8 a closed request is reopened within 15 days and not after', () => {
  const soon = answered()
  soon.do(reporter, { kind: 'confirm' })
  soon.now += reopenDays * 24 * hour
  expect(soon.do(reporter, { kind: 'reopen', words: '又漏了' })).toBeNull()
  const late = answered()
  late.do(reporter, { kind: 'confirm' })
  late.now += reopenDays * 24 * hour + 1
  expect(late.do(reporter, { kind: 'reopen', words: '又漏了' })).toBe('request.reopen_too_late')
})

test('R4 climbing skips a level that has no desk here', () => {
  expect(deskAbove('community', { community: 'a', district: 'c' })).toEqual({
    level: 'district',
    organisation: 'c',
  })
  expect(deskAbove('district', { community: 'a', district: 'c' })).toBeNull()
})

test('RQ2 the chain shows a changed, removed or moved entry; erasing words leaves it whole', () => {
  const { story } = answered()
  const salt = Buffer.alloc(16, 7)
  const hashes = (list: readonly Entry[], digests: readonly (Buffer | null)[]) => {
    let before: Buffer = genesis
    return list.map((entry, index) =>
      (before = linkHash(before, 'request', index + 1, entry, digests[index] ?? null)).toString('hex'),
    )
  }
  const digests = story.map((entry) => sealWords(entry.words, salt).digest)
  const whole = hashes(story, digests)
  const changed = story.map((entry, index) => (index === 1 ? { ...entry, at: iso(0) } : entry))
  expect(hashes(changed, digests).slice(1)).not.toContain(whole[1])
  expect(hashes(story.toSpliced(1, 1), digests.toSpliced(1, 1)).at(-1)).not.toBe(whole.at(-1))
  const erased = story.map((entry) => ({ ...entry, words: null }))
  expect(hashes(erased, digests)).toEqual(whole)
})
