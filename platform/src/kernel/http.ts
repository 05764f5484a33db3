import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import Fastify, { LogController } from 'fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify'
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { civilDay } from './clock.ts'
import type { Clock } from './clock.ts'
import type { Database, Scope, Trx } from './db.ts'
import { Feed, Feeds } from './feed.ts'
import { guard, refuseOtherSites, tooMany } from './guard.ts'
import { acceptForms, filled, isForm } from './form.ts'
import { checkInput, refuseNul } from './input.ts'
import type { Log } from './log.ts'
import { KeptRefusal, languageOf, Refusal, refuse } from './problem.ts'
import { bodyLimit, formatOf, sendProblem } from './refusing.ts'
import { Download } from './route.ts'
import type { AuditNote, Call, Route, Upload } from './route.ts'
import { hearSignals } from './signals.ts'
import { sendCompressed } from './compress.ts'
import { isStream, lookerFor, openStream } from './stream.ts'

/** The server: walks the route table, and does for every route what no route should have to think of. */

const sessionCookie = 'chuanmen_session'

/** What the kernel asks of access, which stands above it. */
export type Gate<Actor> = {
  /** @param shown the cookie's token, and the key of a program where the route takes one; a key goes before a session. */
  identify(
    shown: { token: string | null; key: string | null },
    district: string,
    now: Temporal.Instant,
  ): Promise<{ actor: Actor; session: string | null }>
  /** What the calls of an actor without a session are counted by, when not by address. */
  countedBy?(actor: Actor): string | null
  may(actor: Actor, ability: string): boolean
  /** Set when the actor could be let in by logging in. */
  isAnyone(actor: Actor): boolean
  /** Set when the actor has to set up a second factor before anything else. */
  mustEnrol(actor: Actor, ability: string): boolean
  scopeFor(actor: Actor, ability: string, district: string): Scope
  audit(
    trx: Trx,
    entry: { actor: Actor; ability: string; now: Temporal.Instant; note: AuditNote },
  ): Promise<void>
}

export type HttpOptions<Actor> = {
  routes: readonly Route<string, Actor>[]
  gate: Gate<Actor>
  database: Database
  clock: Clock
  /** District that a caller without a session belongs to. */
  district(): Promise<string>
  tls: { cert: string; key: string } | null
  trustProxy: string[] | boolean
  logger: Log | null
  onAnswer?(route: string, status: number, milliseconds: number): void
}

/** Builds the server with every declared route; it does not listen yet. */
export async function buildHttp<Actor>(options: HttpOptions<Actor>): Promise<FastifyInstance> {
  const server: FastifyInstance = Fastify({
    ...(options.logger ? { loggerInstance: options.logger } : {}),
    bodyLimit,
    // A body that only trickles in holds its connection no longer than this; twelve megabytes over a weak line get through.
    requestTimeout: 300_000,
    trustProxy: options.trustProxy,
    genReqId: () => randomUUID(),
    // Addresses that the router cannot read at all.
    frameworkErrors: (_error: unknown, request: FastifyRequest, reply: FastifyReply) => {
      void sendProblem(new Refusal('http.not_found'), request, reply)
    },
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 300 },
    ...(options.tls && { https: options.tls }),
  } as FastifyServerOptions)
  server.setErrorHandler((error, request, reply) => sendProblem(error, request, reply))
  server.setNotFoundHandler((request, reply) => sendProblem(new Refusal('http.not_found'), request, reply))
  server.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
    refuseOtherSites(request)
  })
  if (options.onAnswer) {
    server.addHook('onResponse', async (request, reply) => {
      // How long somebody kept a stream open is no measure of the server.
      if (isStream(reply)) return
      options.onAnswer?.(request.routeOptions.url ?? 'none', reply.statusCode, reply.elapsedTime)
    })
  }
  await server.register(cookie)
  await guard(server, { tls: options.tls !== null })
  acceptForms(server)
  await server.register(multipart, { limits: { files: 1, fields: 8, fieldSize: 2_000 } })
  const feeds = new Feeds()
  const hearing = hearSignals(options.database.pool, {
    onSignal: (one) => feeds.signal(one),
    onGap: () => feeds.gap(),
  })
  // Open feeds would keep the server from closing; all other answers are let finish (`forceCloseConnections: true` would
  // cut those as well).
  server.addHook('preClose', async () => {
    hearing.close()
    feeds.close()
  })
  for (const route of options.routes) mount(server, route, { ...options, feeds })
  return server
}

function mount<Actor>(
  server: FastifyInstance,
  route: Route<string, Actor>,
  options: HttpOptions<Actor> & { feeds: Feeds },
): void {
  const callers = new WeakMap<FastifyRequest, string>()
  const limiter = server.createRateLimit({
    max: route.perMinute ?? 300,
    timeWindow: '1 minute',
    keyGenerator: (request) => `${route.method} ${route.path} ${callers.get(request) ?? request.ip}`,
  })
  /** Counts calls of one session, or of one address where there is none or where sessions are too cheap to count by. */
  async function limit(request: FastifyRequest, session: string | null): Promise<void> {
    if (session && !route.perAddress) callers.set(request, session)
    const verdict = await limiter(request)
    if (!verdict.isAllowed && verdict.isExceeded) throw tooMany(verdict.ttl)
  }
  server.route({
    method: route.method,
    url: route.path,
    ...(route.wire && { config: { wire: route.wire } }),
    handler: (request, reply) => handle(route, { ...options, limit }, request, reply),
  })
}

type HandleOptions<Actor> = HttpOptions<Actor> & {
  feeds: Feeds
  limit(request: FastifyRequest, session: string | null): Promise<void>
}

async function handle<Actor>(
  route: Route<string, Actor>,
  options: HandleOptions<Actor>,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const { gate, database, clock } = options
  const language = languageOf(request.headers['accept-language'])
  const district = await options.district()
  const { actor, session } = await gate.identify(
    { token: request.cookies[sessionCookie] ?? null, key: route.keyed ? keyIn(request) : null },
    district,
    clock.now(),
  )
  await options.limit(request, session ?? gate.countedBy?.(actor) ?? null)
  if (!gate.may(actor, route.allow)) refuse(gate.isAnyone(actor) ? 'access.log_in' : 'access.not_allowed')
  if (gate.mustEnrol(actor, route.allow)) refuse('access.totp_required')

  if (!route.uploadBytes && request.isMultipart()) refuse('input.wrong_media_type')
  if (request.body !== undefined && isForm(request) !== (route.form ?? false))
    refuse('input.wrong_media_type')
  const upload = route.uploadBytes ? await readUpload(request, route.uploadBytes) : null
  const input = {
    params: part(route.params, request.params, 'params'),
    query: part(route.query, route.wire ? filled(request.query) : request.query, 'query'),
    body: part(route.body, route.uploadBytes ? upload?.fields : request.body, 'body'),
    upload,
  }
  function part(schema: z.ZodType | undefined, value: unknown, name: 'params' | 'query' | 'body') {
    if (!schema) return undefined
    refuseNul(value, name, language)
    return checkInput(schema, value ?? {}, name, language)
  }
  const version = route.ifMatch ? ifMatch(request) : null
  const prepared = route.prepare ? await route.prepare(input) : undefined
  const scope = { ...gate.scopeFor(actor, route.allow, district), today: civilDay(clock.now()) }
  let cookieChange: { token: string | null; maxAge: number } | null = null

  const output = await database.within(scope, async (trx) => {
    // A transaction may be tried again after a deadlock; what an earlier try asked of the answer is forgotten.
    cookieChange = null
    const call: Call<Actor> = {
      actor,
      scope,
      trx,
      now: clock.now(),
      language,
      requestId: request.id,
      origin: `${request.protocol}://${request.host}`,
      lastEventId: String(request.headers['last-event-id'] ?? '').slice(0, 200) || null,
      version,
      session,
      upload,
      again: (work) => database.within(scope, work),
      setSession: (token, maxAge = 0) => (cookieChange = { token, maxAge }),
    }
    const result = await route.run(call, { ...input, prepared }).catch(async (error: unknown) => {
      if (error instanceof KeptRefusal)
        await gate.audit(trx, { actor, ability: route.allow, now: call.now, note: error.note })
      throw error
    })
    const note = route.audit === 'public' ? null : route.audit(input, result as never, call)
    if (note) await gate.audit(trx, { actor, ability: route.allow, now: call.now, note })
    return result
  })
  if (cookieChange) setCookie(reply, cookieChange, request.protocol === 'https')
  if (output instanceof Feed) {
    const open = { district, session: session ?? request.ip, feed: output }
    options.feeds.check(open.session)
    const token = request.cookies[sessionCookie] ?? null
    const look = lookerFor(route, options, { feed: output, token, district, language, opened: actor })
    const out = openStream(request, reply)
    if (out) void options.feeds.serve({ ...open, look, out })
    return reply
  }
  return answer(route, output, request, reply)
}

function answer<Actor>(
  route: Route<string, Actor>,
  output: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  if (output instanceof Download) {
    reply
      .header('content-type', output.mediaType)
      .header('cache-control', 'no-store')
      .header('content-security-policy', 'sandbox')
    if (output.name)
      reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(output.name)}`)
    return reply.send(output.body)
  }
  if (!route.output) return reply.code(204).send()
  if (route.etag) {
    const tag = `"${route.etag(output as never)}"`
    reply.header('etag', tag)
    if (request.method === 'GET' && request.headers['if-none-match'] === tag) return reply.code(304).send()
  }
  // What leaves is checked too: a field that the contract does not name cannot slip out.
  const checked = route.output.parse(output)
  const { mediaType, text } = route.wire?.write(checked, formatOf(request)) ?? {
    mediaType: 'application/json; charset=utf-8',
    text: JSON.stringify(checked),
  }
  reply
    .code(route.status ?? 200)
    .header('cache-control', 'no-store')
    .header('content-type', mediaType)
  return route.compressed ? sendCompressed(request, reply, text) : reply.send(text)
}

/** The key of a program, out of its form or its query. An empty one is none. */
function keyIn(request: FastifyRequest): string | null {
  const inside = (part: unknown) =>
    typeof part === 'object' && part !== null ? (part as Record<string, unknown>)['api_key'] : undefined
  const key = inside(request.body) ?? inside(request.query)
  return typeof key === 'string' && key !== '' ? key : null
}

/** @param secure the browser came by TLS, ours or that of a trusted proxy; the cookie then never travels without. */
function setCookie(
  reply: FastifyReply,
  change: { token: string | null; maxAge: number },
  secure: boolean,
): void {
  const shared = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const
  if (change.token) reply.setCookie(sessionCookie, change.token, { ...shared, maxAge: change.maxAge })
  else reply.clearCookie(sessionCookie, shared)
}

/** The version the caller saw, out of `If-Match: "7"`. */
function ifMatch(request: FastifyRequest): number {
  const seen = /^"?(\d{1,9})"?$/.exec(request.headers['if-match'] ?? '')?.[1]
  return seen === undefined ? refuse('http.precondition_required') : Number(seen)
}

async function readUpload(request: FastifyRequest, limit: number): Promise<Upload> {
  if (!request.isMultipart()) refuse('input.wrong_media_type')
  return readParts(request, limit).catch((error: unknown) => {
    // A form that ends in the middle, or is none.
    if (error instanceof Refusal || (error as { statusCode?: number }).statusCode) throw error
    return refuse('attachment.cut_off', { field: 'file' })
  })
}

async function readParts(request: FastifyRequest, limit: number): Promise<Upload> {
  const fields: Record<string, string> = {}
  const data: { bytes: Buffer; fileName: string }[] = []
  for await (const part of request.parts({ limits: { fileSize: limit } })) {
    if (part.type === 'field') {
      fields[part.fieldname] = String(part.value)
      continue
    }
    const bytes = await part.toBuffer().catch((error: { code?: string }) => {
      if (error.code === 'FST_REQ_FILE_TOO_LARGE')
        refuse('input.too_large', { field: 'file', params: { limit: `${Math.floor(limit / 1_000_000)} MB` } })
      throw error
    })
    if (part.file.truncated) refuse('attachment.cut_off')
    data.push({ bytes, fileName: part.filename })
  }
  const [first] = data
  return first ? { ...first, fields } : refuse('attachment.cut_off', { field: 'file' })
}
