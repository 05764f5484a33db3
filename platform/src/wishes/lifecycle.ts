/**
 * What may happen to a wish, by whom, and what the clock does by itself (R11). The server, the desk's page and the phone read
 * this table; `lifecycle.test.ts` proves that no state is left without a way on.
 */

export const wishStates = {
  /** Said; a desk reads it and makes words of it that name nobody. */
  told: { final: false, days: 3, then: 'remind' },
  published: { final: false, days: 30, then: 'expire' },
  claimed: { final: false, days: 14, then: 'lapse' },
  fulfilled: { final: true, days: null, then: null },
  thanked: { final: true, days: null, then: null },
  declined: { final: true, days: null, then: null },
  withdrawn: { final: true, days: null, then: null },
  /** Nobody claimed it; the desk finds another way, or publishes it again. */
  expired: { final: false, days: 7, then: 'remind' },
} as const satisfies Record<string, StateRule>
export type WishState = keyof typeof wishStates

type StateRule = {
  final: boolean
  /** Calendar days after which the clock enters `then`. */
  days: number | null
  then: 'remind' | 'expire' | 'lapse' | null
}

/** `teller` said it, for oneself or for a household; `helper` is whoever may claim, `claimant` who has. */
export type WishParty = 'teller' | 'helper' | 'claimant' | 'desk' | 'clock'

type EntryRule = { from: readonly WishState[]; to: WishState | 'same'; by: readonly WishParty[] }

export const wishEntries = {
  tell: { from: [], to: 'told', by: ['teller'] },
  publish: { from: ['told', 'published', 'expired'], to: 'published', by: ['desk'] },
  decline: { from: ['told', 'published', 'expired'], to: 'declined', by: ['desk'] },
  claim: { from: ['published'], to: 'claimed', by: ['helper'] },
  give_back: { from: ['claimed'], to: 'published', by: ['claimant'] },
  lapse: { from: ['claimed'], to: 'published', by: ['clock'] },
  fulfil: { from: ['claimed'], to: 'fulfilled', by: ['claimant'] },
  thank: { from: ['fulfilled'], to: 'thanked', by: ['teller'] },
  withdraw: { from: ['told', 'published', 'claimed', 'expired'], to: 'withdrawn', by: ['teller'] },
  expire: { from: ['published'], to: 'expired', by: ['clock'] },
  remind: { from: ['told', 'expired'], to: 'same', by: ['clock'] },
} as const satisfies Record<string, EntryRule>
export type WishEntryKind = keyof typeof wishEntries

/** The state after an entry of this kind, or null when it may not follow. */
export function afterEntry(state: WishState, kind: WishEntryKind): WishState | null {
  const rule: EntryRule = wishEntries[kind]
  if (!rule.from.includes(state)) return null
  return rule.to === 'same' ? state : rule.to
}

/** What parties may enter now. */
export function mayEnter(state: WishState, parties: readonly WishParty[]): WishEntryKind[] {
  return (Object.keys(wishEntries) as WishEntryKind[]).filter((kind) => {
    const rule: EntryRule = wishEntries[kind]
    return rule.from.includes(state) && rule.by.some((party) => parties.includes(party))
  })
}
