import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { defaultCategories } from '#catalogue/seed.ts'
import { states } from '#requests/lifecycle.ts'
import { fold } from '#requests/standing.ts'
import { demoAccounts } from './accounts.ts'
import { demoCalendar } from './calendar.ts'
import { fixtureNow, plainCalendar } from './demo-fixture.ts'
import { buildingsOf, communitiesOf } from './geography.ts'
import type { DemoSize } from './geography.ts'
import { demoPhone } from './names.ts'
import { TOTALS } from './programme.ts'
import { generateRequests, REQUESTS } from './requests.ts'
import type { DemoRequest } from './demo-request.ts'
import { showcaseItems } from './showcase.ts'
import { categoryCodes, stories, talesFor } from './stories.ts'
import { holdersOf, liaisonsByUnit } from './duties.ts'
import type { Person } from './people.ts'
import places from './data/places.json' with { type: 'json' }
import { generateWorld } from './world.ts'

/** Whether two are the same is for a person who has seen both (RQ13): the demonstration leaves it to its visitors. */
const shown = Object.keys(states).filter((state) => state !== 'merged')

function drawAll(size: DemoSize): DemoRequest[] {
  return [...generateRequests(generateWorld(size, fixtureNow), plainCalendar)]
}

function hashOf(size: DemoSize): string {
  const hash = createHash('sha256')
  const world = generateWorld(size, fixtureNow)
  for (const building of buildingsOf(world.geography))
    hash.update(JSON.stringify([building.area, building.ring, building.plan]))
  hash.update(JSON.stringify(world.staff.posts))
  for (const unit of world.units.slice(0, 50)) hash.update(JSON.stringify([...world.dwellings(unit)]))
  for (const request of generateRequests(world, plainCalendar)) hash.update(JSON.stringify(request))
  return hash.digest('hex')
}

test('the same seed and time give the same district, to the last word', () => {
  expect(hashOf('subdistrict')).toBe(hashOf('subdistrict'))
})

test('a district has exactly the published numbers of buildings, units, households and liaisons', () => {
  const { geography, units, staff } = generateWorld('district', fixtureNow)
  expect(buildingsOf(geography)).toHaveLength(TOTALS.buildings)
  expect(units).toHaveLength(TOTALS.units)
  expect(communitiesOf(geography)).toHaveLength(238)
  expect(units.reduce((sum, unit) => sum + unit.households, 0)).toBe(TOTALS.households)
  const liaisons = staff.posts.filter((post) => post.role === 'liaison')
  expect(new Set(liaisons.map((post) => post.person))).toHaveProperty('size', TOTALS.liaisons)
})

test('codes nest, and every path holds the codes from the district down', () => {
  const { units } = generateWorld('subdistrict', fixtureNow)
  for (const { area } of units) {
    const codes = area.path.split('/').slice(0, -1)
    expect(codes.map((code) => code.length)).toEqual([6, 9, 12, 15, 18, 20])
    codes.reduce((outer, inner) => (expect(inner.startsWith(outer)).toBe(true), inner))
  }
})

test('buildings of a compound do not overlap, communities keep apart, and all lies near 39.52 N 116.70 E', () => {
  const { geography } = generateWorld('district', fixtureNow)
  const boxes = buildingsOf(geography).map(({ box, compound }) => ({ ...box, compound }))
  const sorted = boxes.toSorted((a, b) => a.x - b.x)
  for (const [i, a] of sorted.entries()) {
    for (let j = i + 1; j < sorted.length; j++) {
      const b = sorted[j]
      if (!b || b.x >= a.x + a.width) break
      const apart = b.y >= a.y + a.height || a.y >= b.y + b.height
      if (!apart) expect.fail(`${a.compound.area.name} overlaps ${b.compound.area.name}`)
    }
  }
  for (const { area } of buildingsOf(geography)) {
    expect(Math.abs(area.lat - 39.52)).toBeLessThan(0.12)
    expect(Math.abs(area.lon - 116.7)).toBeLessThan(0.2)
  }
})

test('every household stands in one unit, under a door number of its own, with one phone', () => {
  const world = generateWorld('district', fixtureNow)
  const phones: string[] = [...world.staff.people, ...world.organisations.all].map(({ phone }) => phone)
  const others = phones.length
  const ids = new Set<string>()
  const wrong: string[] = []
  for (const unit of world.units) {
    const dwellings = [...world.dwellings(unit)]
    const households = dwellings.flatMap(({ household }) => household ?? [])
    const known = households.map(({ residents }) => residents.flatMap((resident) => resident.phone ?? []))
    if (new Set(dwellings.map(({ number }) => number)).size !== unit.floors * unit.doors)
      wrong.push(`doors of ${unit.area.path}`)
    if (households.length !== unit.households) wrong.push(`households of ${unit.area.path}`)
    if (known.some((list) => list.length !== 1)) wrong.push(`phones of ${unit.area.path}`)
    for (const { id } of households) ids.add(id)
    phones.push(...known.flat())
  }
  expect(wrong).toEqual([])
  expect(ids.size).toBe(TOTALS.households)
  expect(new Set(phones).size).toBe(TOTALS.households + others)
  expect(phones.filter((phone) => !/^100\d{8}$/.test(phone))).toEqual([])
})

test('demo phone numbers never repeat', () => {
  const drawn = Array.from({ length: 200_000 }, (_, n) => demoPhone(n * 7))
  expect(new Set(drawn).size).toBe(drawn.length)
})

test('no child under fourteen is in the register', () => {
  const world = generateWorld('subdistrict', fixtureNow)
  for (const unit of world.units) {
    for (const { household } of world.dwellings(unit)) {
      for (const resident of household?.residents ?? [])
        expect(2026 - resident.birthYear).toBeGreaterThanOrEqual(14)
    }
  }
})

test('L1 every door has one liaison, nobody more than thirty households, and some stairwells are shared', () => {
  const world = generateWorld('subdistrict', fixtureNow)
  const liaisons = liaisonsByUnit(world)
  const households = new Map<Person, number>()
  let shared = 0
  for (const unit of world.units) {
    const doors = [...world.dwellings(unit)]
    const holders = [...holdersOf(doors, liaisons.get(unit.area.path) ?? [])]
    expect(holders.map(({ dwelling }) => dwelling)).toEqual(doors.map(({ id }) => id))
    const own = new Set(holders.map(({ person }) => person))
    expect(own.size).toBe(liaisons.get(unit.area.path)?.length)
    if (own.size > 1) shared += 1
    const lived = new Set(doors.flatMap(({ id, household }) => (household ? [id] : [])))
    for (const { dwelling, person } of holders)
      if (lived.has(dwelling)) households.set(person, (households.get(person) ?? 0) + 1)
  }
  expect(shared).toBeGreaterThan(20)
  // In the compound of the pictures each liaison has two whole stairwells; the rest of that community is shared by who is left.
  const shown = new Set(
    world.staff.posts
      .filter(({ path }) => path.split('/')[2] === places.showcase.community)
      .map(({ person }) => person.name),
  )
  for (const [{ name }, many] of households) if (!shown.has(name)) expect(many, name).toBeLessThanOrEqual(30)
})

test('nobody has more than thirty households, and each unit has a liaison and a stand-in', () => {
  const { geography, units, staff } = generateWorld('subdistrict', fixtureNow)
  for (const community of communitiesOf(geography))
    expect(community.households).toBeLessThanOrEqual(community.liaisons * 30)
  const liaisons = Map.groupBy(
    staff.posts.filter((post) => post.role === 'liaison'),
    (post) => post.path,
  )
  for (const { area } of units) {
    expect(liaisons.get(area.path)?.length).toBeGreaterThan(0)
    expect(
      liaisons.get(area.path)?.every((post) => post.backup !== null && post.backup !== post.person),
    ).toBe(true)
  }
})

test('every role has one demo account, held by somebody of the showcase', () => {
  const { staff } = generateWorld('subdistrict', fixtureNow)
  const logins = staff.people.flatMap((person) => person.login ?? [])
  expect(logins.toSorted()).toEqual(
    demoAccounts()
      .filter(({ role }) => role !== 'resident')
      .map((account) => account.login)
      .toSorted(),
  )
  const roles = new Set(staff.posts.filter((post) => post.person.login).map((post) => post.role))
  expect(roles.size).toBe(10)
})

test('every category has stories, and every lead department of the list is among the organisations', () => {
  const categories = defaultCategories()
  expect(categoryCodes.toSorted()).toEqual(categories.map(({ code }) => code).toSorted())
  const { organisations } = generateWorld('subdistrict', fixtureNow)
  const names = organisations.all.map((one) => one.name + one.shortName)
  for (const name of new Set(categories.flatMap(({ leads }) => leads)))
    expect(
      names.some((one) => one.includes(name)),
      name,
    ).toBe(true)
})

test('stories name no phone number, fill every gap and fit where they are told', () => {
  const scene = {
    village: true,
    floors: 1,
    compound: '某村',
    building: '东一巷',
    unit: '',
    road: '村东大街',
    near: '村口',
  }
  for (const [code, story] of Object.entries(stories)) {
    if (!story.urban) expect(talesFor(story, scene).length, code).toBeGreaterThan(0)
    for (const tale of story.tales) expect(tale.fits.split('/')).toHaveLength(4)
  }
  for (const request of drawAll('subdistrict')) {
    const said = [request.title, request.words, ...request.entries.map((entry) => entry.words ?? '')]
    for (const words of said) {
      expect(words).not.toMatch(/\d{7,}/)
      expect(words).not.toMatch(/[{}]|undefined/)
    }
  }
})

test('a year of requests shows every state and every word of a resident, and no title is everywhere', () => {
  const requests = drawAll('subdistrict')
  expect(requests).toHaveLength(REQUESTS.subdistrict)
  expect(new Set(requests.map((request) => request.standing.state))).toEqual(new Set(shown))
  const words = new Set(requests.map((request) => request.standing.satisfaction))
  expect(words).toEqual(new Set(['satisfied', 'fair', 'dissatisfied', 'silent', 'unreachable', null]))
  expect(Math.max(...requests.map((request) => request.standing.returns))).toBeGreaterThan(1)
  expect(Math.max(...requests.map((request) => request.standing.reopens))).toBeGreaterThan(1)
  const titles = Map.groupBy(requests, (request) => request.title)
  expect(Math.max(...[...titles.values()].map((same) => same.length))).toBeLessThan(requests.length / 50)
  expect(new Set(requests.map((request) => request.words)).size).toBeGreaterThan(requests.length * 0.85)
})

test('RQ2 a standing is the fold of its entries, which never go back in time nor past the present', () => {
  for (const { entries, standing } of drawAll('subdistrict')) {
    expect(fold(entries)).toEqual(standing)
    const times = entries.map((entry) => Date.parse(entry.at))
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(times.at(-1)).toBeLessThanOrEqual(fixtureNow.epochMilliseconds)
  }
})

test.each(['2026-11-20T02:20:00Z', '2026-11-24T18:30:00Z', '2027-02-15T03:00:00Z'])(
  'RQ14 what nobody moved on climbs and is done all the same: at %s nothing drawn has been late for a week',
  (now) => {
    const at = Temporal.Instant.from(now)
    const requests = [...generateRequests(generateWorld('subdistrict', at), demoCalendar())]
    const own = new Set(showcaseItems().map(({ title }) => title))
    const late = requests.filter(
      ({ standing, title }) =>
        standing.holder !== null &&
        standing.state !== 'answered' &&
        Date.parse(standing.term?.dueAt ?? '') < at.epochMilliseconds - 7 * 86_400_000 &&
        // Those of the pictures are late for a reason: they lie before a whistle or a meeting.
        !own.has(title),
    )
    expect(late.map(({ code, entries }) => [code, ...entries.map(({ kind }) => kind)])).toEqual([])
    const climbed = requests.filter(({ entries }) => entries.some(({ kind }) => kind === 'climb'))
    expect(climbed.filter(({ standing }) => states[standing.state].final)).not.toEqual([])
  },
)

test.each([
  ['a Friday morning', '2026-11-20T02:20:00Z'],
  ['a Sunday afternoon', '2026-11-22T07:00:00Z'],
  ['a Monday before opening', '2026-11-23T00:10:00Z'],
  ['the middle of the night', '2026-11-24T18:30:00Z'],
  ['the Spring Festival', '2027-02-08T03:00:00Z'],
])('a full day waits at the showcase desk on %s: late, due soon, and due these days', (_, now) => {
  const at = Temporal.Instant.from(now)
  const world = generateWorld('subdistrict', at)
  const desk = [...world.organisations.committees].find(([{ area }]) => area.code === '131003005003')?.[1]
  const requests = [...generateRequests(world, demoCalendar())]
  const waiting = requests.filter(({ standing }) => standing.holder?.organisation === desk?.id)
  expect(waiting.length).toBeGreaterThanOrEqual(12)
  const left = waiting.map(({ standing }) => Date.parse(standing.term?.dueAt ?? '') - at.epochMilliseconds)
  // What is late by more than a working day has gone to the desk above (RQ14).
  const climbed = requests.some(({ entries }) =>
    entries.some(
      (entry) =>
        entry.kind === 'climb' &&
        entries[0]?.kind === 'submit' &&
        entries[0].data.holder.organisation === desk?.id,
    ),
  )
  expect(climbed || left.some((ms) => ms < 0)).toBe(true)
  expect(left.some((ms) => ms > 0 && ms < 86_400_000)).toBe(true)
  expect(left.some((ms) => ms > 86_400_000)).toBe(true)
})
