import phrases from './data/phrases.json' with { type: 'json' }
import places from './data/places.json' with { type: 'json' }
import { channels } from '#requests/lists.ts'
import type { Maker } from '#requests/entry.ts'
import { drawCourse, runCourse } from './courses.ts'
import { communitiesOf } from './geography.ts'
import type { Community } from './geography.ts'
import { pictureOf } from './pictures.ts'
import type { Random } from './prng.ts'
import type { DemoRequest } from './demo-request.ts'
import { gatherReporters } from './reporters.ts'
import type { Reporters } from './reporters.ts'
import { respondersFor } from './responders.ts'
import type { Level, Responders } from './responders.ts'
import { drawStage, spotOf } from './scenes.ts'
import type { Spot, Stage } from './scenes.ts'
import { momentOf } from './showcase-moment.ts'
import { showcaseItems, stageOf, stepThrough } from './showcase.ts'
import type { ShowcaseItem } from './script.ts'
import { iso, simulate } from './simulation.ts'
import type { DemoCalendar, Simulation } from './simulation.ts'
import { categoryCodes, stories, tell } from './stories.ts'
import type { Story, Told } from './stories.ts'
import { atHome } from './worktime.ts'
import { offerThrough } from './offers.ts'
import { whistleThrough } from './whistles.ts'
import type { World } from './world.ts'

/** How many requests a year brings, the showcase's own included. */
export const REQUESTS = { subdistrict: 2000, district: 20_000 } as const
const YEAR = 365 * 86_400_000
/** A few of the last fortnight are left lying; they are what the alarms are for. */
const FORGOTTEN_WITHIN = 14 * 86_400_000
/** Before every short code: the district in two letters. */
export const CODE_PREFIX = 'GY'

type Slot = { submittedAt: number; item: ShowcaseItem | null }

/**
 * A year of requests up to now, oldest first. Drawn one at a time, so that memory holds only the reporters.
 */
export function* generateRequests(world: World, calendar: DemoCalendar): Generator<DemoRequest> {
  const random = world.random.fork('requests')
  const end = world.now.epochMilliseconds
  const items = showcaseItems()
  const slots: Slot[] = items.map((item) => ({ submittedAt: momentOf(item, end), item }))
  const when = random.fork('when')
  while (slots.length < REQUESTS[world.size]) {
    const submittedAt = atHome(Math.floor(end - when.next() * YEAR), when)
    if (submittedAt < end - 60_000) slots.push({ submittedAt, item: null })
  }
  slots.sort((a, b) => a.submittedAt - b.submittedAt)
  const reporters = gatherReporters(world)
  const communities = communitiesOf(world.geography)
  const weights = communities.map((community) => community.households)
  const scene = { world, calendar, reporters, communities, weights, end }
  for (const [index, slot] of slots.entries()) {
    const own = random.fork(`${index}`)
    const code = codeOf(slot.submittedAt, index + 1)
    yield slot.item
      ? staged(scene, slot.item, slot.submittedAt, code, own)
      : drawn(scene, slot.submittedAt, code, own)
  }
}

type Setting = {
  world: World
  calendar: DemoCalendar
  reporters: Reporters
  communities: Community[]
  weights: number[]
  end: number
}

const channelWeights: Record<(typeof channels)[number], number> = {
  phone_page: 42,
  phone_call: 20,
  visit: 9,
  patrol: 6,
  reception_room: 5,
  chat_group: 8,
  spot_code: 6,
  open311: 1,
  meeting: 2,
  clean_up: 1,
}
const bySelf = new Set<string>(['phone_page', 'spot_code', 'open311'])
const nobodys = new Set<string>(['patrol', 'clean_up'])

function drawn(setting: Setting, submittedAt: number, code: string, random: Random): DemoRequest {
  const { world, reporters, communities, weights } = setting
  const community = communities[random.weighted(weights)]
  if (!community) throw new Error('no community')
  const stage = drawStage(community, random)
  const { category, told } = drawStory(stage, random)
  const story = stories[category]
  if (!story) throw new Error(`no story for ${category}`)
  const course = drawCourse(story, random)
  const channel = drawChannel(story, random)
  const known = !nobodys.has(channel) && random.chance(0.94)
  const { number, reporter } = reporters.at(stage.unit, submittedAt, random, {
    known,
    proven: random.chance(0.75),
  })
  const spot = spotOf(story, stage, number, random)
  const saying = course === 'decline' ? declined(told, random) : told
  const who = respondersFor(stage, world.organisations, world.staff, random)
  const by = makerOf(channel, stage, world, who)
  const chosen = bySelf.has(channel) && random.chance(0.4) && course !== 'decline' ? { category } : {}
  const sim = start(setting, spot.path, who, random, {
    submittedAt,
    channel,
    words: saying.words,
    by,
    ...chosen,
  })
  const forgotten =
    setting.end - submittedAt < FORGOTTEN_WITHIN &&
    community.area.code !== places.showcase.community &&
    random.chance(0.02)
  runCourse(forgotten ? 'forgotten' : course, {
    code: category,
    story,
    told: saying,
    sim,
    who,
    random,
    known: reporter.phone !== null,
  })
  const attached = channel === 'phone_page' && story.at !== 'home' && random.chance(0.35)
  return record(
    {
      code,
      channel,
      title: saying.title,
      words: saying.words,
      reporter,
      submittedAt,
      spot,
      attached,
      photo: photoOf(category, channel, submittedAt, random),
      desks: desksOf(who),
    },
    sim,
    random,
  )
}

/** Nobody on patrol comes upon somebody's pension. */
function drawChannel(story: Story, random: Random): string {
  const indoors = story.talk === true || story.at === 'home'
  return (
    channels[
      random.weighted(channels.map((one) => (indoors && nobodys.has(one) ? 0 : channelWeights[one])))
    ] ?? 'phone_page'
  )
}

function staged(
  setting: Setting,
  item: ShowcaseItem,
  submittedAt: number,
  code: string,
  random: Random,
): DemoRequest {
  const { world, reporters } = setting
  const stage = stageOf(item, world.geography, random)
  const known = !nobodys.has(item.channel)
  const { number, reporter } = reporters.at(stage.unit, submittedAt, random, {
    number: item.number,
    known,
    proven: true,
  })
  const story = stories[item.category]
  if (!story) throw new Error(`no story for ${item.category}`)
  const at = item.at ?? (item.near ? 'near' : story.at)
  const spot = spotOf(
    { ...story, at },
    { ...stage, scene: { ...stage.scene, near: item.near ?? '' } },
    number,
    random,
  )
  const who = respondersFor(stage, world.organisations, world.staff, random, true)
  const by = makerOf(item.channel, stage, world, who)
  const sim = start(setting, spot.path, who, random, {
    submittedAt,
    channel: item.channel,
    words: item.words,
    by,
  })
  const id = random.uuid(submittedAt)
  stepThrough(item, sim, who, world, setting.end)
  const whistle =
    item.whistle && whistleThrough(item.whistle, { request: id, spot, sim, who, end: setting.end, random })
  const offer = item.offer && offerThrough(item.offer, { sim, who, world, end: setting.end, random })
  const { channel, title, words } = item
  return record(
    {
      code,
      channel,
      title,
      words,
      reporter,
      submittedAt,
      spot,
      attached: at !== 'home',
      photo: item.photo ? { id: random.uuid(submittedAt), name: item.photo } : null,
      desks: desksOf(who),
      id,
      whistle,
      offer,
    },
    sim,
    random,
  )
}

function start(
  { calendar, end }: Setting,
  path: string,
  who: Responders,
  random: Random,
  said: { submittedAt: number; channel: string; words: string; by: Maker; category?: string },
): Simulation {
  return simulate({ path, desks: desksOf(who), calendar, end, random, ...said })
}

function desksOf({ desks }: Responders): Record<Level, string> {
  return { community: desks.community.id, subdistrict: desks.subdistrict.id, district: desks.district.id }
}

type Said = Pick<
  DemoRequest,
  'code' | 'channel' | 'title' | 'words' | 'reporter' | 'photo' | 'desks' | 'whistle' | 'offer'
> & {
  id?: string
  submittedAt: number
  spot: Spot
  attached: boolean
}

function record(
  { spot, attached, submittedAt, id, ...said }: Said,
  sim: Simulation,
  random: Random,
): DemoRequest {
  const { path, place } = spot
  const point = attached ? { lon: spot.lon, lat: spot.lat } : { lon: null, lat: null }
  return {
    ...said,
    id: id ?? random.uuid(submittedAt),
    path,
    place,
    ...point,
    submittedAt: iso(submittedAt),
    entries: sim.entries,
    standing: sim.standing,
  }
}

/** One in five of those that a picture suits; few, because each is a file. */
function photoOf(
  category: string,
  channel: string,
  submittedAt: number,
  random: Random,
): DemoRequest['photo'] {
  const name = pictureOf[category]
  return name && channel === 'phone_page' && random.chance(0.2)
    ? { id: random.uuid(submittedAt), name }
    : null
}

const storyWeights = categoryCodes.map((code) => stories[code]?.weight ?? 1)

function drawStory(stage: Stage, random: Random): { category: string; told: Told } {
  for (;;) {
    const category = categoryCodes[random.weighted(storyWeights)] ?? 'A01'
    const story = stories[category]
    const told = story ? tell(story, stage.scene, random) : null
    if (told) return { category, told }
  }
}

/** Words that a desk may decline, in place of the drawn ones. */
function declined(told: Told, random: Random): Told {
  const { title, words } = random.pick(Object.values(phrases.declined).flat())
  return { ...told, title, words }
}

/** Who entered it first: the resident, or whoever recorded it for them; each grid worker has buildings of their own. */
function makerOf(channel: string, { building }: Stage, world: World, who: Responders): Maker {
  if (bySelf.has(channel)) return { kind: 'reporter' }
  const desk = who.desk('community')
  const walks = channel === 'visit' || channel === 'patrol' || channel === 'clean_up'
  const walkers = (walks && world.staff.gridWorkers.get(building.compound.area.path)) || []
  const walker = walkers[building.compound.buildings.indexOf(building) % walkers.length]
  return { kind: 'staff', person: (walker ?? desk.person).id, organisation: desk.organisation }
}

/** `GY-2611-004217`: district, year and month in Shanghai, running number. */
function codeOf(submittedAt: number, n: number): string {
  const local = new Date(submittedAt + 8 * 3_600_000)
  const month = (local.getUTCMonth() + 1).toString().padStart(2, '0')
  return `${CODE_PREFIX}-${local.getUTCFullYear() % 100}${month}-${(n % 1_000_000).toString().padStart(6, '0')}`
}
