import phrases from '../platform/src/demo/data/phrases.json' with { type: 'json' }
import { communitiesOf } from '#demo/geography.ts'
import type { Community } from '#demo/geography.ts'
import type { Random } from '#demo/prng.ts'
import { drawStage, spotOf } from '#demo/scenes.ts'
import type { Stage } from '#demo/scenes.ts'
import { fill, stories, talesFor, tell } from '#demo/stories.ts'
import type { Story, Told } from '#demo/stories.ts'
import { generateWorld } from '#demo/world.ts'
import { aroundDays, saidOf } from '#requests/together/candidates.ts'
import type { Asked } from '#requests/together/candidates.ts'
import retellings from './data/retellings.json' with { type: 'json' }

/**
 * A labelled set for finding duplicates, seeded: somebody tells what another told, in words written by hand for that
 * (`data/retellings.json`), at the same place within days. Beside it stand other matters at the same place, the same matter
 * at other places, the same words months before, and what else the community said. Tales of one category at one place are
 * left out: whether an overflowing bin and a stinking one are two matters is nobody's to say.
 */

const retold: Readonly<Record<string, string[]>> = retellings
const day = 86_400_000
const now = Temporal.Instant.from('2026-11-20T02:20:00Z')

/** What is asked about, what is compared with it, and which of these is the same. */
export type Question = { category: string; asked: Asked; others: { of: Asked; same: boolean }[] }

type Scene = { stage: Stage; category: string; story: Story; told: Told }

const codes = Object.keys(stories)
/** Categories of which some tale is retold, in order: every second one is measured on and never tuned on. */
const retoldCategories = codes.filter((code) => stories[code]?.tales.some(({ title }) => retold[title]))

const placeOf = (scene: Scene, random: Random) => {
  const spot = spotOf(scene.story, scene.stage, '501', random)
  // As in the demo year: a third attach a position.
  const attached = scene.story.at !== 'home' && scene.story.at !== 'unit' && random.chance(0.35)
  const { lon, lat } = attached || spot.path.split('/').length > 4 ? spot : { lon: null, lat: null }
  return { path: spot.path, place: spot.place, lon, lat }
}

/** A desk's category: right nine times out of ten, else another of the group. */
function categoryBy(code: string, random: Random): string {
  const group = codes.filter((one) => one[0] === code[0])
  return random.chance(0.9) ? code : random.pick(group)
}

function asked(
  { told, category }: Scene,
  place: ReturnType<typeof placeOf>,
  at: number,
  random: Random,
): Asked {
  return {
    ...place,
    words: told.words,
    category: categoryBy(category, random),
    at: new Date(at).toISOString(),
  }
}

function sceneIn(community: Community, random: Random, but: string): Scene {
  for (;;) {
    const stage = drawStage(community, random)
    const category = random.pick(codes)
    const story = stories[category]!
    const told = category === but ? null : tell(story, stage.scene, random)
    if (told) return { stage, category, story, told }
  }
}

/** The same scene in somebody else's words, with a reason and a wish of their own. */
function retell({ told, story }: Scene, words: string, random: Random): string {
  const slots = {
    ...told.slots,
    when: random.pick(phrases.when),
    few: random.pick(phrases.few),
    kin: random.pick(phrases.kin),
  }
  const parts = [
    words,
    ...(random.chance(0.5) && story.so.length > 0 ? [random.pick(story.so)] : []),
    ...(random.chance(0.5) && story.ask.length > 0 ? [random.pick(story.ask)] : []),
  ]
  return fill(random.pick(phrases.openers) + parts.join(''), slots)
}

/** Where another resident stands who speaks of the same: often they name their own stairwell instead of the spot. */
function otherPlace(scene: Scene, random: Random): ReturnType<typeof placeOf> {
  const { stage, story } = scene
  const spot = placeOf(scene, random)
  if ((story.at !== 'near' && story.at !== 'compound') || random.chance(0.5)) return spot
  const unit = random.pick(stage.building.units)
  return { path: unit.area.path, place: spot.place, lon: unit.area.lon, lat: unit.area.lat }
}

/** Questions of one category, each with what a community said in the weeks before. */
function* questionsOf(
  category: string,
  perTale: number,
  communities: Community[],
  random: Random,
): Generator<Question> {
  const story = stories[category]!
  for (const tale of story.tales) {
    for (const words of retold[tale.title] ?? []) {
      for (let n = 0; n < perTale; n += 1) {
        const community = random.pick(communities)
        const stage = drawStage(community, random)
        if (!talesFor(story, stage.scene).includes(tale)) continue
        const told = tell({ ...story, tales: [tale] }, stage.scene, random)
        if (!told) continue
        const scene: Scene = { stage, category, story, told }
        const at = now.epochMilliseconds - random.between(0, 200) * day
        const first = at - random.next() * 7 * day
        const own = otherPlace(scene, random)
        const question = { ...asked(scene, own, at, random), words: retell(scene, words, random) }
        const others = [
          { of: asked(scene, placeOf(scene, random), first, random), same: true },
          ...unlike(scene, community, at, random),
        ]
        const since = at - aroundDays * day
        yield { category, asked: question, others: others.filter(({ of }) => Date.parse(of.at) >= since) }
      }
    }
  }
}

/** What looks like it and is something else. */
function* unlike(
  scene: Scene,
  community: Community,
  at: number,
  random: Random,
): Generator<{ of: Asked; same: false }> {
  const { stage, category, story, told } = scene
  const recently = () => at - random.next() * 7 * day
  const here = placeOf(scene, random)
  // The same place, another matter.
  for (let n = 0; n < 3; n += 1) {
    const other = sceneIn(community, random, category)
    const retoldHere = tell(other.story, stage.scene, random)
    if (retoldHere)
      yield { of: asked({ ...other, stage, told: retoldHere }, here, recently(), random), same: false }
  }
  // The same matter, another place: elsewhere in the community, and next door where it is about a stairwell.
  const elsewhere = Array.from({ length: 3 }, () => drawStage(community, random)).filter(
    (one) => one.building.compound !== stage.building.compound,
  )
  for (const other of elsewhere) {
    const again = tell({ ...story, tales: [told.tale] }, other.scene, random)
    if (!again || (story.at === 'road' && other.scene.road === stage.scene.road)) continue
    const there = { stage: other, category, story, told: again }
    yield { of: asked(there, placeOf(there, random), recently(), random), same: false }
  }
  // The same words at the same place, months before.
  yield { of: asked(scene, here, at - random.between(60, 300) * day, random), same: false }
  // What else the community said in those weeks.
  for (let n = 0; n < 20; n += 1) {
    const other = sceneIn(community, random, category)
    const when = at - random.next() * aroundDays * day
    yield { of: asked(other, placeOf(other, random), when, random), same: false }
  }
}

/** The set: categories of even place in the list for tuning, of odd place for measuring. */
export function questions(half: 'tuning' | 'measuring', perTale: number): Question[] {
  const world = generateWorld('subdistrict', now)
  const random = world.random.fork(`duplicates/${half}`)
  const communities = communitiesOf(world.geography)
  return retoldCategories
    .filter((_, index) => index % 2 === (half === 'tuning' ? 0 : 1))
    .flatMap((category) => [...questionsOf(category, perTale, communities, random.fork(category))])
}

/** As the service makes it ready; `phone`: while still writing nobody has said of which kind it is. */
export function readied({ asked: one, others }: Question, phone: boolean) {
  return {
    one: saidOf(phone ? { ...one, category: null } : one),
    others: others.map(({ of, same }) => ({ said: saidOf(of), same, words: of.words })),
  }
}
