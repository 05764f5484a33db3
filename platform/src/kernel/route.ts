import type { z } from 'zod'
import type { Readable } from 'node:stream'
import type { Scope, Trx } from './db.ts'
import type { Feed } from './feed.ts'
import type { Language, Problem } from './problem.ts'

/** One declaration a route: what it is called, who may, what goes in and out, and what the audit ledger keeps of it. */

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
type Schema = z.ZodType

/** A file that came in, whole and in memory; larger ones were refused before. */
export type Upload = { bytes: Buffer; fileName: string; fields: Record<string, string> }

/** A file that goes out. */
export class Download {
  readonly body: Readable | Buffer
  readonly mediaType: string
  readonly name: string | undefined

  constructor(body: Readable | Buffer, mediaType: string, name?: string) {
    this.body = body
    this.mediaType = mediaType
    this.name = name
  }
}

/**
 * The shape that an interface has from outside, instead of JSON and problem documents (Open311). The route's path ends in
 * `.:format`; the answer goes by the same limits, permissions and contracts as any other.
 */
export type Wire = {
  /** Words of an answer that passed its contract. @param format of the path. */
  write(output: unknown, format: string): { mediaType: string; text: string }
  /** Words of a refusal; `format` is what the path ends in, whatever that is. */
  refuse(
    problem: Problem,
    format: string,
    language: Language,
  ): { status: number; mediaType: string; text: string }
  /** Contract of a refusal. */
  refusal: z.ZodType
}

/** What a use case gets beside its input. The transaction already reaches only what the actor may reach for this ability. */
export type Call<Actor> = {
  actor: Actor
  scope: Scope
  trx: Trx
  now: Temporal.Instant
  language: Language
  requestId: string
  /** Where the caller reached this installation, such as `https://example.cn`. */
  origin: string
  /** Where a client whose stream broke wants to continue. */
  lastEventId: string | null
  /** The version of If-Match, for routes with `ifMatch`. */
  version: number | null
  /** Hash of the session's token, when there is a session. */
  session: string | null
  upload: Upload | null
  /** Another transaction that reaches the same, for what is streamed once the answer has begun. */
  again<T>(work: (trx: Trx) => Promise<T>): Promise<T>
  /** Sets or (with null) ends the session cookie; sent only when the transaction commits. */
  setSession(token: string | null, maxAgeSeconds?: number): void
}

/** One line for the audit ledger. The action and purpose come from the route's ability. */
export type AuditNote = {
  subjectKind?: string
  subject?: string
  reporter?: string | null
  path?: string
  reason?: string
  detail?: Record<string, unknown>
}

type Value<S> = S extends Schema ? z.output<S> : undefined

export type Declaration<Ability, Actor, P, Q, B, O, Prepared> = {
  method: Method
  /** With `:name` for what `params` holds. */
  path: string
  allow: Ability
  summary: string
  params?: P
  query?: Q
  body?: B
  /** Schema of the answer, or of each event of a `Feed`; left out for a file (`Download`) and for 204. */
  output?: O
  status?: 200 | 201 | 204
  /** The answer is large and goes out compressed, to whoever takes it so. */
  compressed?: true
  /** The answer is a `Feed`: it stays open and sends events of the form `output`. */
  stream?: true
  /** The caller must say which version it saw; `run` compares it with `call.version`. */
  ifMatch?: true
  /** Version of what goes out, sent as ETag. */
  etag?: (output: Value<O>) => string | number
  /** Most bytes of one uploaded file (multipart, field `file`). */
  uploadBytes?: number
  /** The body comes as a form (application/x-www-form-urlencoded) and never as JSON. */
  form?: true
  /** A program may show its key as `api_key`, in the form or the query. */
  keyed?: true
  wire?: Wire
  /** Requests a minute from one caller; 300 unless told. */
  perMinute?: number
  /** Counted by address even with a session: what can be guessed at, or makes sessions, is not multiplied by making more. */
  perAddress?: true
  /** Work without a transaction, done first (pictures, hashing). */
  prepare?: (input: {
    params: Value<P>
    query: Value<Q>
    body: Value<B>
    upload: Upload | null
  }) => Promise<Prepared>
  run: (
    call: Call<Actor>,
    input: { params: Value<P>; query: Value<Q>; body: Value<B>; prepared: Prepared },
  ) => Promise<Value<O> | Download | Feed | void>
  /** What the ledger keeps. Reads of personal data are written too; only public data goes without. */
  audit:
    | 'public'
    | ((
        input: { params: Value<P>; query: Value<Q>; body: Value<B> },
        output: Value<O>,
        call: Call<Actor>,
      ) => AuditNote | null)
}

/** A route with its types forgotten, as the server and the document generator walk them. */
export type Route<Ability = string, Actor = unknown> = Declaration<
  Ability,
  Actor,
  Schema | undefined,
  Schema | undefined,
  Schema | undefined,
  Schema | undefined,
  unknown
>

/** Binds `route()` to the abilities and actors of the installation; `access/route.ts` does so once. */
export function routeMaker<Ability extends string, Actor>() {
  return function route<
    P extends Schema | undefined = undefined,
    Q extends Schema | undefined = undefined,
    B extends Schema | undefined = undefined,
    O extends Schema | undefined = undefined,
    Prepared = undefined,
  >(declaration: Declaration<Ability, Actor, P, Q, B, O, Prepared>): Route<Ability, Actor> {
    return declaration as unknown as Route<Ability, Actor>
  }
}
