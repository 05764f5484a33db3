import { reportersByIds } from '#access/reporters.ts'
import type { Trx } from '#kernel/db.ts'
import type { Keys } from '#kernel/keys.ts'
import { mannerOf } from './copies.ts'
import { targetOf } from './devices.ts'
import type { Due } from './outbox-store.ts'
import type { PushTarget } from './push.ts'
import { leaving, quietOf } from './quiet.ts'
import type { RobotTarget } from './robot-carrier.ts'
import { robotTarget } from './robots.ts'
import { quietNow } from './sending.ts'
import { ownWords } from './templates.ts'
import type { OwnWords } from './templates.ts'
import { addressesOf } from './ways.ts'

/** What sending a message needs to know: where to, in which language, in whose words, and whether it is quiet there. */

export type Addressed = Due & {
  /** Those that go out as this one; itself alone unless it is the message of the day. */
  all: readonly Due[]
  language: 'zh-CN' | 'en'
  phone: string | null
  email: string | null
  browser: (PushTarget & { door: string }) | null
  robot: RobotTarget | null
  /** Of push and robots: whose server it goes to. */
  target: { url: string } | null
  own: OwnWords
  /** The end of the quiet hours that hold now; null: it may leave. */
  heldUntil: string | null
}

export async function addressed(
  trx: Trx,
  one: Due & { all: readonly Due[] },
  keys: Keys,
  now: string,
): Promise<Addressed> {
  const { reporter, person, device, channel, template, urgent } = one
  const owner = reporter ?? person
  const known = owner ? (await addressesOf(trx, [owner], keys)).get(owner) : undefined
  const reporters = reporter && channel === 'sms' ? await reportersByIds(trx, [reporter], keys) : undefined
  const browser = channel === 'push' && device ? await targetOf(trx, device, keys) : null
  const robot = channel === 'robot' && device ? await robotTarget(trx, device, keys) : null
  const district = await quietNow(trx)
  // The hour of the day's one message was waited for when it was told; what counts now are the quiet hours alone.
  const wanted = {
    district,
    own: known ? quietOf(known.quietFrom, known.quietUntil) : null,
    digestAt: null,
  }
  const manner = mannerOf(template, reporter ? 'reporter' : 'serving', urgent)
  return {
    ...one,
    // Messages go out in Chinese, unless whoever gets them chose otherwise.
    language: robot?.language ?? known?.language ?? 'zh-CN',
    phone: reporters?.get(reporter ?? '')?.phone ?? null,
    email: known?.email ?? null,
    browser,
    robot,
    target: browser ? { url: browser.endpoint } : robot && { url: robot.url },
    own: await ownWords(trx),
    heldUntil: leaving(now, wanted, manner).notBefore,
  }
}
