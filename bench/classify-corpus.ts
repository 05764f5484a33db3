import phrases from '#demo/data/phrases.json' with { type: 'json' }
import { seededRandom } from '#demo/prng.ts'
import type { Random } from '#demo/prng.ts'
import { categoryCodes, stories, tell } from '#demo/stories.ts'
import type { Scene, Story } from '#demo/stories.ts'
import places from './data/places.json' with { type: 'json' }

/**
 * What residents of the demo say in a year, told anew. The demo's texts are made from templates, so a random split would
 * test on sentences that were learned by heart. Here the templates themselves (tales, effects, wishes) are dealt into parts
 * first, and each text is told from the templates of one part only: no sentence stands in two parts.
 */

export type Told = { text: string; label: string; part: number }

/** Every `parts`-th template of a list, from the `part`-th on. */
const dealt = <T>(list: readonly T[], part: number, parts: number): T[] =>
  list.filter((_, index) => index % parts === part)

function storyOf(story: Story, part: number, parts: number): Story {
  return {
    ...story,
    tales: dealt(story.tales, part, parts),
    so: dealt(story.so, part, parts),
    ask: dealt(story.ask, part, parts),
  }
}

function sceneOf(random: Random): Scene {
  const village = random.chance(0.2)
  return {
    village,
    floors: random.pick([6, 6, 11, 18]),
    compound: random.pick(places.compounds),
    building: `${random.between(1, 20)}${places.building}`,
    unit: `${random.between(1, 4)}${places.unit}`,
    road: random.pick(places.roads),
    near: random.pick(village ? phrases.nearVillage : phrases.near),
  }
}

/** So many texts, categories as often as in the demo. */
export function toldAnew(count: number, parts: number, seed: string): Told[] {
  const random = seededRandom(seed)
  const weights = categoryCodes.map((code) => stories[code]?.weight ?? 1)
  const told: Told[] = []
  while (told.length < count) {
    const label = categoryCodes[random.weighted(weights)]!
    const part = random.between(0, parts - 1)
    const one = tell(storyOf(stories[label]!, part, parts), sceneOf(random), random)
    if (one) told.push({ text: `${one.title} ${one.words}`, label, part })
  }
  return told
}
