import data from './data/whistles.json' with { type: 'json' }
import type { ShowcaseItem } from './script.ts'

/** The requests of the showcase that were whistled for, one in every step, so that each login has something to do. */

export function whistleItems(): ShowcaseItem[] {
  // Read as JSON, its ratings are plain text.
  return data as unknown as ShowcaseItem[]
}
