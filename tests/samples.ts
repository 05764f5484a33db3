import { uuidv7 } from '#kernel/ids.ts'
import { dutySamples } from './samples/duty.ts'
import { fieldSamples } from './samples/field.ts'
import { ladderSamples } from './samples/ladder.ts'
import { notifySamples } from './samples/notify.ts'
import { ownSamples } from './samples/own.ts'
import { registerSamples } from './samples/register.ts'
import { requestSamples } from './samples/requests.ts'
import { visitSamples } from './samples/visits.ts'
import type { About, Records, Samples } from './samples/sample.ts'
import type { TestServer } from './server.ts'

/** A call of every route that would be right for somebody, by capability. The tests that walk all routes fail for one without. */

const all = [
  requestSamples,
  ladderSamples,
  dutySamples,
  registerSamples,
  visitSamples,
  fieldSamples,
  notifySamples,
  ownSamples,
]

export function samples(server: TestServer, records: Records): Samples {
  const about: About = { server, records, id: () => uuidv7(server.clock.now()), etag: { 'if-match': '"1"' } }
  return Object.fromEntries(all.flatMap((of) => Object.entries(of(about))))
}
