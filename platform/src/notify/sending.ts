import type { Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import type { MailProvider } from '#access/carrier.ts'
import type { SmsProvider } from '#access/sms.ts'
import type { PushProvider } from './push.ts'
import { minuteOf, quietHours, usualQuiet } from './quiet.ts'
import type { Quiet } from './quiet.ts'
import type { RobotProvider } from './robot-carrier.ts'
import type { SendingState } from './sending-contract.ts'
import * as store from './sending-store.ts'

/** The ways by which messages leave, as the IT desk sees them, and the district's quiet hours. */

export type Ways = {
  sms: Pick<SmsProvider, 'shown'> & { able: boolean }
  mail: Pick<MailProvider, 'shown' | 'able'>
  push: Pick<PushProvider, 'origins'>
  robots: Pick<RobotProvider, 'origins' | 'shown'>
}

/** Messages are counted this far. */
const mostCounted = 10_000

/** The district's own quiet hours; null where it set none. */
export async function quietNow(trx: Trx): Promise<Quiet | null> {
  return (await store.lastSetting(trx)) ?? null
}

export async function sendingState(trx: Trx, ways: Ways, now: Temporal.Instant): Promise<SendingState> {
  const since = now.subtract({ hours: 24 }).toString({ smallestUnit: 'millisecond' })
  const counts = await store.counts(trx, since, mostCounted)
  const setting = await store.lastSetting(trx)
  const stateOf = (able: boolean, shown: boolean): SendingState['ways'][number]['state'] =>
    shown ? 'shown' : able ? 'set_up' : 'missing'
  const known = {
    sms: { state: stateOf(ways.sms.able, ways.sms.shown), origins: [] as string[] },
    email: { state: stateOf(ways.mail.able, ways.mail.shown), origins: [] as string[] },
    push: { state: stateOf(ways.push.origins.length > 0, false), origins: [...ways.push.origins] },
    robot: {
      state: stateOf(ways.robots.origins.length > 0, ways.robots.shown),
      origins: [...ways.robots.origins],
    },
  }
  return {
    ways: counts.map((one) => ({ ...one, ...known[one.channel] })),
    quiet: quietHours(setting ?? usualQuiet),
    version: setting?.version ?? 0,
  }
}

/** NT15: changes the district's quiet hours; what waits already is asked again when it leaves. */
export async function changeQuiet(
  trx: Trx,
  quiet: { from: string; until: string },
  version: number,
  by: { person: string | null; now: string },
): Promise<void> {
  const added = await store.addSetting(trx, {
    version: version + 1,
    from: minuteOf(quiet.from) ?? 0,
    until: minuteOf(quiet.until) ?? 0,
    ...by,
  })
  if (!added) refuse('changed_meanwhile')
}
