import A from './data/stories/A.json' with { type: 'json' }
import B from './data/stories/B.json' with { type: 'json' }
import C from './data/stories/C.json' with { type: 'json' }
import D from './data/stories/D.json' with { type: 'json' }
import E from './data/stories/E.json' with { type: 'json' }
import F from './data/stories/F.json' with { type: 'json' }
import G from './data/stories/G.json' with { type: 'json' }
import H from './data/stories/H.json' with { type: 'json' }
import I from './data/stories/I.json' with { type: 'json' }
import J from './data/stories/J.json' with { type: 'json' }
import phrases from './data/phrases.json' with { type: 'json' }
import type { Random } from './prng.ts'

/**
 * What people say about one category and what is answered. `fits` of a tale names, by index and separated by '/',
 * which of done, not, still and note suit it ('-' for none: then a general one is taken).
 */
export type Tale = { title: string; words: string; fits: string; lead?: string }
export type Story = {
  weight: number
  /** Where it happens: near something in the compound, on a road, at a stairwell, in a home, or the compound as a whole. */
  at: string
  /** Only where there are blocks of flats. */
  urban?: boolean
  /** Dealt with at any hour of the day. */
  urgent?: boolean
  /** Explained and pursued rather than put right by a date. */
  explain?: boolean
  /** Advice and paperwork rather than something to mend. */
  talk?: boolean
  /** On what basis it is often sent back. */
  returns?: string
  returnWords?: string[]
  lead: string[]
  tales: Tale[]
  so: string[]
  ask: string[]
  done: string[]
  not: string[]
  still: string[]
  note: string[]
}

export const stories: Record<string, Story> = { ...A, ...B, ...C, ...D, ...E, ...F, ...G, ...H, ...I, ...J }
export const categoryCodes = Object.keys(stories)

/** The place a story is told about, for its slots. */
export type Scene = {
  village: boolean
  floors: number
  compound: string
  building: string
  unit: string
  road: string
  near: string
}

export type Told = {
  tale: Tale
  title: string
  words: string
  scene: Scene
  slots: Record<string, string>
  said: Set<string>
}

const urban = new RegExp(phrases.urbanWords)
const rural = new RegExp(phrases.villageWords)
const high = new RegExp(phrases.highWords)

/** Whether a sentence can be said in this place: no lifts in a village, no lane where there are flats. */
function sayable(text: string, scene: Scene): boolean {
  if (scene.village) return !urban.test(text)
  return !rural.test(text) && (scene.floors > 7 || !high.test(text))
}

/** Tales of a category that can be told of this place. */
export function talesFor(story: Story, scene: Scene): Tale[] {
  if (story.urban && scene.village) return []
  return story.tales.filter((tale) => sayable(tale.title + tale.words, scene))
}

/** One resident's words: the matter itself, often why it hurts and what is asked for, never all in the same order. */
export function tell(story: Story, scene: Scene, random: Random): Told | null {
  const tales = talesFor(story, scene)
  if (tales.length === 0) return null
  const tale = random.pick(tales)
  const slots = {
    compound: scene.compound,
    bld: scene.building,
    unit: scene.unit,
    road: scene.road,
    near: scene.near,
    when: random.pick(phrases.when),
    few: random.pick(phrases.few),
    kin: random.pick(phrases.kin),
  }
  const parts = [tale.words]
  const effect = oneOf(story.so, scene, random)
  if (effect && random.chance(0.62)) parts.push(effect)
  const ask = oneOf(story.ask, scene, random)
  if (ask && random.chance(0.6)) parts.push(ask)
  const words = fill(random.pick(phrases.openers) + parts.join(''), slots)
  return { tale, title: fill(tale.title, slots), words, scene, slots, said: new Set() }
}

export type Line = 'done' | 'not' | 'still' | 'note'
const lines: readonly Line[] = ['done', 'not', 'still', 'note']

/** A sentence of one kind that suits what was told and was not said before; a general one where the category has none. */
export function line(kind: Line, story: Story, told: Told, random: Random): string {
  const indexes = told.tale.fits.split('/')[lines.indexOf(kind)] ?? '-'
  const own = indexes === '-' ? [] : [...indexes].flatMap((i) => story[kind][Number(i)] ?? [])
  const fitting = own.filter((text) => sayable(text, told.scene) && !told.said.has(text))
  const general = phrases.generic[manner(story)][kind].filter(
    (text) => sayable(text, told.scene) && !told.said.has(text),
  )
  const list = fitting.length > 0 && !(kind === 'note' && random.chance(0.4)) ? fitting : general
  const text = random.pick(list.length > 0 ? list : phrases.generic[manner(story)][kind])
  told.said.add(text)
  return fill(text, told.slots)
}

function manner(story: Story): 'plan' | 'talk' | 'field' {
  return story.explain ? 'plan' : story.talk ? 'talk' : 'field'
}

function oneOf(list: string[], scene: Scene, random: Random): string | undefined {
  const fitting = list.filter((text) => sayable(text, scene))
  return fitting.length > 0 ? random.pick(fitting) : undefined
}

/** Puts the slots in. */
export function fill(text: string, slots: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => slots[name] ?? '')
}
