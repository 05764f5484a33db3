import type { Trx } from '#kernel/db.ts'
import { open } from '#kernel/keys.ts'
import type { Keys } from '#kernel/keys.ts'
import * as store from './contact-store.ts'

/** How a household is reached when something was said at its door: by whom it was said, or else by its head. */

export type Contact = {
  resident: string
  name: string
  /** 11 digits; null where the register knows none that takes messages. */
  mobile: string | null
  /** Number on the door. */
  door: string
}

/** @param resident who spoke; the head of the household when null or no longer there. Undefined out of reach. */
export async function contactOf(
  trx: Trx,
  household: string,
  resident: string | null,
  keys: Keys,
): Promise<Contact | undefined> {
  const found = await store.reachable(trx, household)
  const who = found.find(({ id }) => id === resident) ?? found[0]
  if (!who) return undefined
  // Whoever spoke may have no phone of their own: the household's is then the way back to them.
  const withPhone = who.phone ? who : found.find(({ phone }) => phone !== null)
  const phone = withPhone?.phone ? open(keys, withPhone.phone, `resident.phone:${withPhone.id}`) : null
  return {
    resident: who.id,
    name: who.name,
    mobile: phone && /^1\d{10}$/.test(phone) ? phone : null,
    door: who.door,
  }
}
