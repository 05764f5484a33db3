import rules from './data/duplicate-rules.json' with { type: 'json' }

/** By what two entries look like one, as data (HH13). Without any package, because the console's page lists them. Pure. */

/** What two of a pair have in common; each names columns in `duplicate-store.ts`. */
export type Common = 'identity' | 'phone' | 'name' | 'birthYear' | 'building' | 'dwelling' | 'memberName'
export type DuplicateRule = {
  name: string
  of: 'resident' | 'household'
  same: Common[]
  alike?: 'name'[]
}

export const duplicateRules = rules as readonly DuplicateRule[]
