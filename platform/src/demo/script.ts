import type { Rating } from '#whistle/lists.ts'

/** What the scripts of the showcase hold (`data/showcase.json`, `whistles.json`, `meetings.json`, `offers.json`). */

/**
 * One step of a request's story. `ago` is hours before now; `by` is desk, office (the subdistrict's), grid, firm, reporter or the key of a department.
 */
export type ShowcaseStep = {
  ago: number
  by: string
  do: string
  words?: string
  lead?: string
  urgency?: string
  points?: string[]
  basis?: string
  outcome?: string
  visible?: boolean
  /** Of a proposal: which one, on what ground, and how many hours from now (of an extension: from the due time) its end lies. */
  what?: string
  ahead?: number
  /** Where to go instead: a key, which is handed over to, or a name. */
  to?: string
  instead?: string
  phone?: string
  needed?: { what: string; how: string }[]
  /** Of a meeting's decision: who helps, so many days from now it is due, whether such matters go the same way. */
  helpers?: string[]
  due?: number
  precedent?: boolean
  /** Instead of `ago`: so many days from now, at an hour of that day or of the working day before it. */
  day?: number
  clock?: number
}
export type ShowcaseItem = {
  category: string
  channel: string
  building: number
  unit: number
  number: string
  near?: string
  at?: string
  title: string
  words: string
  ago: number
  photo?: string
  steps: ShowcaseStep[]
  /** Whistled for after these steps. */
  whistle?: WhistleScript
  /** Put before people after these steps. */
  offer?: OfferScript
}

/** `ago` is hours before now; `by` is desk, office or the key of a department. */
export type WhistleStep = {
  ago: number
  by: string
  do: string
  words?: string
  lead?: string
  assist?: string[]
  basis?: string
  rate?: Record<string, Rating>
}

export type WhistleScript = { ago: number; urgent?: boolean; words: string; steps: WhistleStep[] }

/** As those of a whistle; `people` are keys of the cast. */
export type OfferStep = {
  ago: number
  by: string
  do: string
  basis?: string
  words?: string
  people?: string[]
}
export type OfferScript = {
  ago: number
  words: string
  skills: string[]
  slots: string[]
  hours: number
  people: string[]
  steps: OfferStep[]
}
