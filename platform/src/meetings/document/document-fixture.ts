import type { ItemView, MeetingView } from '../contract.ts'
import text from '../data/document-fixture.json' with { type: 'json' }

/** A meeting that was held, as its minutes read it: every outcome and every fate once. */

export const held = text as MeetingView

const [first] = held.items as [ItemView]

export const task = first.decision!

/** One like the first item of that meeting. */
export function item(seq: number, title: string, more: Partial<ItemView> = {}): ItemView {
  const paper = { ...first.paper!, id: `request ${seq}`, code: `GY-2611-00421${seq}` }
  return { ...first, id: `item ${seq}`, seq, title, paper, ...more }
}
