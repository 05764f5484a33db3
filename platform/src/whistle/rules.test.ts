import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildCalendar } from '#deadlines/calendar.ts'
import { termOf } from '#deadlines/rules.ts'
import { derivedId } from '#kernel/ids.ts'
import { dueOf, isLate, nextAlarm, ring } from './alarms.ts'
import type { Command } from './commands.ts'
import { checkWhistles, entries, entryKinds, states } from './lifecycle.ts'
import type { WhistleState } from './lifecycle.ts'
import { judgeLimit, rateLimit, reportLimit, urgentReportLimit } from './lists.ts'
import { abilitiesOf, decide, following, obstacle } from './rules.ts'
import type { Actor, World } from './rules.ts'
import { apply, fold, leadOf, turnOf } from './standing.ts'
import type { Entry, Standing } from './standing.ts'

/** The five steps and their clocks, without a database (RQ18). */

const calendar = buildCalendar()
const id = (name: string) => derivedId('test', name)
const community = id('community')
const town = id('town')
const heating = id('heating')
const housing = id('housing')
const market = id('market')

/** A Friday, ten past ten in Shanghai. */
const friday = '2026-11-20T02:10:00.000Z'

const world = (now: string): World & { plan: { judge(): ReturnType<World['plan']['rate']> } } => ({
  now,
  plan: {
    judge: () => termOf(now, judgeLimit, calendar),
    report: (urgent) => termOf(now, urgent ? urgentReportLimit : reportLimit, calendar),
    rate: () => termOf(now, rateLimit, calendar),
  },
})

const serves = (...organisations: string[]): Actor => ({
  person: id(`person ${organisations.join()}`),
  organisations,
  town: organisations.includes(town),
})

function formed(now = friday, urgent = false): Entry {
  return {
    id: id(`form ${now}`),
    kind: 'form',
    at: now,
    by: { kind: 'staff', person: id('blower'), organisation: community },
    words: '没有物业，暖气不热',
    data: { requests: [id('request')], urgent, town, term: world(now).plan.judge() },
  }
}

type Said = { [K in Command['kind']]: Omit<Extract<Command, { kind: K }>, 'id'> }[Command['kind']]
const said = (command: Said, n = 0) => ({ ...command, id: id(`${command.kind} ${n}`) }) as Command

function after(standing: Standing, actor: Actor, command: Said, now = friday): Standing {
  const [organisation] = actor.organisations
  const decided = decide(
    standing,
    said(command),
    actor,
    { kind: 'staff', person: actor.person, organisation },
    world(now),
  )
  if ('refused' in decided) throw new Error(decided.refused)
  return decided.standing
}

const blow: Said = { kind: 'blow', lead: heating, assisting: [housing], words: '' }
const start = () => apply(null, formed())
const blown = () => after(start(), serves(town), blow)

describe('the table', () => {
  test('RQ14 every state has a clock, somebody whose turn it is, and a way out that needs nobody', () => {
    expect(checkWhistles()).toEqual([])
  })

  test('every entry in every state: let in exactly where the table says', () => {
    const everybody: Actor = {
      person: id('all'),
      organisations: [community, town, heating, housing],
      town: true,
    }
    const standings: Partial<Record<WhistleState, Standing>> = {
      formed: start(),
      blown: blown(),
      handling: after(blown(), serves(heating), { kind: 'report_in', words: '' }),
    }
    for (const [state, standing] of Object.entries(standings))
      for (const kind of entryKinds) {
        const rule: { from: readonly string[]; by: readonly string[] } = entries[kind]
        const byPeople = rule.by.some((party) => party !== 'system')
        const refused = obstacle(standing, kind, everybody)?.refused
        if (!byPeople) expect(refused, `${state} ${kind}`).toBe('whistle.not_yours_to_make')
        else if (!rule.from.includes(state))
          expect(refused, `${state} ${kind}`).toMatch(/not_in_this_state|not_yours_to_make/)
        else expect(refused ?? 'whistle.no_objection', `${state} ${kind}`).toBe('whistle.no_objection')
      }
  })
})

describe('RQ18 the five steps', () => {
  test('the town judges within four working hours, a department comes within one working day or two hours', () => {
    expect(start().term?.dueAt).toBe('2026-11-20T07:40:00.000Z')
    expect(leadOf(blown())?.term.dueAt).toBe('2026-11-23T02:10:00.000Z')
    const urgent = after(start(), serves(town), { ...blow, urgent: true } as Said)
    expect(leadOf(urgent)?.term.dueAt).toBe('2026-11-20T04:10:00.000Z')
  })

  test('formed, blown, reported in, done, rated: whose turn it is at each', () => {
    let standing = start()
    expect(turnOf(standing)).toBe(town)
    standing = after(standing, serves(town), blow)
    expect(turnOf(standing)).toBe(heating)
    standing = after(standing, serves(housing), { kind: 'report_in', words: '' })
    expect(standing.state).toBe('blown')
    standing = after(standing, serves(heating), { kind: 'report_in', words: '下午三点到' })
    expect([standing.state, turnOf(standing)]).toEqual(['handling', heating])
    standing = after(standing, serves(heating), { kind: 'done', words: '修好了', attachments: [] })
    expect([standing.state, turnOf(standing)]).toEqual(['done', community])
    standing = after(standing, serves(community), {
      kind: 'rate',
      ratings: [
        { organisation: heating, rating: 'satisfied' },
        { organisation: housing, rating: 'fair' },
      ],
      words: '',
    })
    expect([standing.state, turnOf(standing)]).toEqual(['rated', null])
    expect(standing.parts.map(({ rating }) => rating)).toEqual(['satisfied', 'fair'])
  })

  test('the town solves it itself, or sends it back with advice', () => {
    const here = after(start(), serves(town), { kind: 'here', words: '街道物业办去' })
    expect([here.state, turnOf(here), nextAlarm(here)]).toEqual(['handling', town, null])
    const back = after(start(), serves(town), { kind: 'send_back', words: '先找热力公司' })
    expect([back.state, turnOf(back), nextAlarm(back)]).toEqual(['sent_back', null, null])
  })

  test('each department is rated, once', () => {
    let standing = after(blown(), serves(heating), { kind: 'report_in', words: '' })
    standing = after(standing, serves(heating), { kind: 'done', words: '好了', attachments: [] })
    const rate = (...organisations: string[]) =>
      decide(
        standing,
        said({
          kind: 'rate',
          ratings: organisations.map((organisation) => ({ organisation, rating: 'fair' as const })),
          words: '',
        }),
        serves(community),
        { kind: 'staff' },
        world(friday),
      )
    expect(rate(heating)).toMatchObject({ refused: 'whistle.rate_each' })
    expect(rate(heating, heating)).toMatchObject({ refused: 'whistle.rate_each' })
    expect(rate(heating, housing)).toHaveProperty('standing')
  })
})

describe('an objection', () => {
  const objecting = () =>
    after(blown(), serves(heating), { kind: 'object', basis: 'not_our_duty', words: '管网归住建' })

  test('the town decides once; what it decided holds, and the clock ran on', () => {
    expect([turnOf(blown()), turnOf(objecting())]).toEqual([heating, town])
    const due = leadOf(blown())?.term.dueAt
    const insisted = after(objecting(), serves(town), {
      kind: 'insist',
      organisation: heating,
      words: '按职责清单',
    })
    expect(leadOf(insisted)?.term.dueAt).toBe(due)
    const again = decide(
      insisted,
      said({ kind: 'object', basis: 'facts_wrong', words: '还是不对' }, 2),
      serves(heating),
      { kind: 'staff' },
      world(friday),
    )
    expect(again).toMatchObject({ refused: 'whistle.objected_already' })
  })

  test('the lead that is let go is replaced in the same step, and the new one has its own time', () => {
    const bare = decide(
      objecting(),
      said({ kind: 'release', organisation: heating, words: '有理' }),
      serves(town),
      { kind: 'staff' },
      world(friday),
    )
    expect(bare).toMatchObject({ refused: 'whistle.lead_is_replaced' })
    const later = '2026-11-23T01:00:00.000Z'
    const released = after(
      objecting(),
      serves(town),
      { kind: 'release', organisation: heating, instead: market, words: '有理' },
      later,
    )
    expect([turnOf(released), leadOf(released)?.organisation]).toEqual([market, market])
    expect(leadOf(released)?.term.startsAt).toBe(later)
    expect(abilitiesOf(released, serves(heating))).toEqual([])
  })
})

describe('it follows its requests', () => {
  const one = (state: string, final = false) => [{ id: id('request'), state, final }]
  const follows = (standing: Standing, requests: ReturnType<typeof one>) =>
    following(standing, requests, world(friday), (kind) => id(kind))?.kind ?? null

  test('answered elsewhere is done, opened again goes on, taken back or given away lapses', () => {
    const handling = after(blown(), serves(heating), { kind: 'report_in', words: '' })
    expect(follows(blown(), one('whistled'))).toBeNull()
    expect(follows(blown(), one('withdrawn', true))).toBe('lapse')
    expect(follows(start(), one('assigned'))).toBe('lapse')
    expect(follows(handling, one('in_progress'))).toBeNull()
    expect(follows(handling, one('suspended'))).toBeNull()
    expect(follows(handling, one('answered'))).toBe('done')
    expect(follows(handling, one('assigned'))).toBe('lapse')
    const done = after(handling, serves(heating), { kind: 'done', words: '好了', attachments: [] })
    expect(follows(done, one('closed', true))).toBeNull()
    expect(follows(done, one('in_progress'))).toBe('again')
    expect(follows(done, one('accepted'))).toBeNull()
  })
})

/** Any course of a whistle: people act, the clock rings late and repeats itself, requests move. */
const steps = fc.array(
  fc.record({
    hours: fc.integer({ min: 0, max: 60 }),
    who: fc.constantFrom(community, town, heating, housing, market),
    what: fc.constantFrom<Said>(
      blow,
      { ...blow, urgent: true } as Said,
      { kind: 'here', words: '自己办' },
      { kind: 'send_back', words: '先找热力公司' },
      { kind: 'report_in', words: '' },
      { kind: 'object', basis: 'not_our_duty', words: '不归我们' },
      { kind: 'insist', organisation: heating, words: '归您' },
      { kind: 'insist', organisation: housing, words: '归您' },
      { kind: 'release', organisation: heating, instead: market, words: '有理' },
      { kind: 'release', organisation: housing, words: '有理' },
      { kind: 'note', words: '到现场了', attachments: [] },
      { kind: 'done', words: '好了', attachments: [] },
      {
        kind: 'rate',
        ratings: [
          { organisation: heating, rating: 'satisfied' },
          { organisation: housing, rating: 'fair' },
        ],
        words: '',
      },
    ),
  }),
  { maxLength: 25 },
)

test('whatever happens: one turn until it is over, each warning and supervision once, no clock moved', () => {
  fc.assert(
    fc.property(steps, (list) => {
      let now = Date.parse(friday)
      let standing = start()
      const story: Entry[] = [formed()]
      const rung = new Set<string>()
      const ringAll = () => {
        for (;;) {
          const before = standing
          const at = new Date(now).toISOString()
          const entry = ring(before, at, ({ clock, organisation, since, share }) =>
            [clock, organisation, since, share].join(' '),
          )
          if (!entry) return
          // Exactly once: the id follows from whistle, clock and share.
          expect(rung.has(entry.id)).toBe(false)
          rung.add(entry.id)
          standing = apply(before, entry)
          story.push(entry)
        }
      }
      for (const [n, { hours, who, what }] of list.entries()) {
        now += hours * 3_600_000
        ringAll()
        const before = standing
        const decided = decide(
          before,
          said(what, n),
          serves(who),
          { kind: 'staff', person: id('x'), organisation: who },
          world(new Date(now).toISOString()),
        )
        if ('refused' in decided) continue
        standing = decided.standing
        story.push(decided.entry)
        // A call's time is set when it is made and never moved, whatever is objected or decided.
        for (const part of before.parts)
          expect(
            standing.parts.find(
              (one) => one.blownAt === part.blownAt && one.organisation === part.organisation,
            )?.term,
          ).toEqual(part.term)
        const { final } = states[standing.state]
        expect(turnOf(standing) === null).toBe(final)
        expect(standing.overAt !== null).toBe(final)
        // Never more than one lead; nobody is waited for once it is over.
        const leads = standing.parts.filter(({ role, releasedAt }) => role === 'lead' && releasedAt === null)
        expect(leads.length).toBeLessThanOrEqual(1)
        if (final)
          expect([nextAlarm(standing), dueOf(standing), isLate(standing)]).toEqual([null, null, false])
        if (standing.state === 'blown') expect(nextAlarm(standing) ?? isLate(standing)).toBeTruthy()
      }
      expect(fold(story)).toEqual(standing)
    }),
  )
})
