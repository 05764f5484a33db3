import type { Rating } from '#whistle/lists.ts'
import data from './data/whistles.json' with { type: 'json' }
import type { ShowcaseItem } from './showcase.ts'

/** The requests of the showcase that were whistled for, one in every step, so that each login has something to do. */

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

export function whistleItems(): ShowcaseItem[] {
  // Read as JSON, its ratings are plain text.
  return data as unknown as ShowcaseItem[]
}
