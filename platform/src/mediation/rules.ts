/** What may follow in a mediation file (MD2). Pure; server and page read the same table. */

export const mediationStates = ['open', 'agreed', 'kept', 'broken', 'ended'] as const
export type MediationState = (typeof mediationStates)[number]

export const mediationDeeds = ['session', 'agree', 'kept', 'broken', 'end'] as const
export type MediationDeed = (typeof mediationDeeds)[number]

type Rule = {
  from: readonly MediationState[]
  to: MediationState
  /** What has to be written: what was said, what was agreed, why it ended. */
  words: boolean
  /** A day in the future on which somebody asks whether it is kept. */
  followUp: boolean
}

/** A broken agreement may be talked about again; one that is kept, or a file that ended, is over. */
export const mediationRules = {
  session: { from: ['open', 'broken'], to: 'open', words: true, followUp: false },
  agree: { from: ['open'], to: 'agreed', words: true, followUp: true },
  kept: { from: ['agreed'], to: 'kept', words: false, followUp: false },
  broken: { from: ['agreed'], to: 'broken', words: true, followUp: false },
  end: { from: ['open', 'broken'], to: 'ended', words: true, followUp: false },
} as const satisfies Record<MediationDeed, Rule>

/** What may be done in a state. */
export function deedsIn(state: MediationState): MediationDeed[] {
  return mediationDeeds.filter((deed) => {
    const from: readonly MediationState[] = mediationRules[deed].from
    return from.includes(state)
  })
}
