import { registerDevice, type Unlocking } from '#web/api/field.ts'
import { newId } from '#web/api/ids.ts'
import { readMe } from '#web/api/me.ts'
import { makeOf } from './able.ts'
import type { Released } from './kept/vault.ts'

/** The server's time, if it can be reached: the `Date` of any answer. */
export async function serverTime(): Promise<number | undefined> {
  try {
    const answer = await fetch('/api/me', { cache: 'no-store' })
    const time = Date.parse(answer.headers.get('date') ?? '')
    return Number.isFinite(time) ? time : undefined
  } catch {
    return undefined
  }
}

/** Who is signed in here as staff; undefined when nobody is, or something must be set up first. */
export async function signedIn(): Promise<{ id: string; name: string } | undefined> {
  const me = await readMe()
  if (me.kind !== 'staff' || me.due.length > 0 || !me.id) return undefined
  return { id: me.id, name: me.name ?? '' }
}

/** Makes this phone known to the server, which releases its half. */
export async function register(person: string, unnamed: string): Promise<Released> {
  const { device, secret }: Unlocking = await registerDevice(newId(), makeOf() ?? unnamed)
  return { device, secret, person }
}
