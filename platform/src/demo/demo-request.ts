import type { Entry } from '#requests/entry.ts'
import type { Standing } from '#requests/standing.ts'
import type { DemoOffer } from './offers.ts'
import type { Reporter } from './reporters.ts'
import type { Level } from './responders.ts'
import type { DemoWhistle } from './whistles.ts'

/** One request as the demonstration has lived it through, before it is written down. */
export type DemoRequest = {
  id: string
  code: string
  path: string
  place: string
  lon: number | null
  lat: number | null
  channel: string
  title: string
  words: string
  reporter: Reporter
  submittedAt: string
  entries: Entry[]
  standing: Standing
  /** The desks over its place, by organisation id. */
  desks: Record<Level, string>
  /** Which drawn picture goes with it, under which id. */
  photo: { id: string; name: string } | null
  /** The whistle it is in. */
  whistle?: DemoWhistle | undefined
  /** To whom it was offered. */
  offer?: DemoOffer | undefined
}
