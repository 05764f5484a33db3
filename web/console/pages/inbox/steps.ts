import type { RequestView } from '#requests/view-contract.ts'
import { entries, type EntryKind } from '#requests/lifecycle.ts'

/** Next steps in the order in which they are offered, with the key that opens each. */
export const stepKeys = {
  accept: 'a',
  assign: 'd',
  take: 't',
  resume: 'g',
  review: 'e',
  answer: 'r',
  follow_up: 'f',
  close: 'c',
  transfer: 'd',
  return: 'b',
  escalate: 'u',
  split: 'l',
  decline: 'x',
  hand_over: 'd',
  ask: 'q',
  propose: 'p',
  reopen: 'o',
  supervise: 's',
  merge: 'm',
  unmerge: 'm',
  note: 'n',
} as const satisfies Partial<Record<EntryKind, string>>

/** Opens the page on which a whistle is formed. */
export const whistleKey = 'w'

export type Step = keyof typeof stepKeys

/** Entries about one part or one supervision; their buttons stand beside it. */
export type BesideStep = 'reply' | 'lift' | 'part_take' | 'part_return' | 'part_answer' | 'part_take_back'

const order = Object.keys(stepKeys) as Step[]

/** What I may enter now, the most useful first; the abilities come with the request (architecture, style 6). */
export function stepsOf(request: RequestView): Step[] {
  return order.filter((step) => request.abilities.includes(step))
}

/** The step that leads on: the one button that is filled. Notes, supervision and sending back never are. */
export function leadingStep(steps: Step[], mine: boolean): Step | undefined {
  if (!mine) return undefined
  return steps.find(
    (step) => (entries[step].to !== 'same' || step === 'follow_up') && step !== 'merge' && step !== 'split',
  )
}

/** True while closing is still out of reach and the page should say why. */
export function closingIsAhead(request: RequestView): boolean {
  return ['submitted', 'accepted', 'assigned', 'in_progress', 'whistled', 'suspended', 'appealed'].includes(
    request.state,
  )
}
