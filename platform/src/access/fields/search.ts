import type { Declared } from './declare.ts'
import { reporter } from './declare.ts'

/** What is found by its words. */
export const search = {
  personal: {
    // Every pair of characters of what was said; names and phones of reporters as keyed digests.
    'search_document.lexemes': { purpose: ['answer requests'], ...reporter },
  },
  notPersonal: {
    search_document: ['request_id', 'at', 'guarded'],
    search_stale: ['request_id'],
  },
} as const satisfies Declared
