import { paths } from '../fixture.ts'
import type { TestServer } from '../server.ts'

/** What a sample is: a call of a route that would be right for somebody, about a record inside or outside the fixture's area. */

export type Side = 'inside' | 'outside'
export type Sample = {
  url: string
  body?: unknown
  headers?: Record<string, string>
  /** The body goes out as a form. */ form?: Record<string, string>
  /** The route is about a record with an area. */ bound?: true
}

/** Records that the samples are about, by side. */
export type Records = Record<
  Side,
  {
    request: string
    attachment: string
    code: string
    message: string
    household: string
    resident: string
    dwelling: string
    visit: string
    visitTask: string
    promise: string
    whistle: string
  }
>

/** By `METHOD path`, as the route table spells it. */
export type Samples = Record<string, (side: Side) => Sample>

/** What samples are made of: the records, an id never used before, the version that every record begins with. */
export type About = { server: TestServer; records: Records; id: () => string; etag: { 'if-match': string } }

export const placeAt = (side: Side) => (side === 'inside' ? paths.inside.community : paths.outside.community)
