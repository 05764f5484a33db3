import type { FastifyInstance } from 'fastify'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { makeGate } from '#access/gate.ts'
import type { Route } from '#access/route.ts'
import { accessRoutes } from '#access/routes.ts'
import { noSms } from '#access/sms.ts'
import { auditRoutes } from '#audit/routes.ts'
import { append } from '#audit/service.ts'
import { catalogueRoutes } from '#catalogue/routes.ts'
import { deadlineRoutes } from '#deadlines/routes.ts'
import { duplicateRoutes } from '#households/duplicate-routes.ts'
import { lifeRoutes } from '#households/life-routes.ts'
import { registerRoutes } from '#households/register-routes.ts'
import { liaisonsAt } from '#households/duties.ts'
import { handbookRoutes } from '#handbook/routes.ts'
import { householdRoutes } from '#households/routes.ts'
import { doorsIn } from '#households/service.ts'
import { liaisonListRoutes } from '#liaison/list-routes.ts'
import { liaisonRoutes } from '#liaison/routes.ts'
import { noteDispatches } from '#dispatch/choices.ts'
import { dispatchRoutes } from '#dispatch/routes.ts'
import type { Clock } from '#kernel/clock.ts'
import { deviceRoutes } from '#field/device-routes.ts'
import type { FieldOffers } from '#field/offers.ts'
import { fieldRoutes } from '#field/routes.ts'
import { isLoopback } from '#kernel/config.ts'
import type { Config } from '#kernel/config.ts'
import type { Database } from '#kernel/db.ts'
import { localFiles } from '#kernel/files.ts'
import type { Files } from '#kernel/files.ts'
import { buildHttp } from '#kernel/http.ts'
import type { Keys } from '#kernel/keys.ts'
import type { Log } from '#kernel/log.ts'
import { makeMetrics } from '#kernel/metrics.ts'
import { openapi } from '#kernel/openapi.ts'
import { pages } from '#kernel/pages.ts'
import { problems, refuse } from '#kernel/problem.ts'
import type { Route as KernelRoute } from '#kernel/route.ts'
import { meetingRoutes } from '#meetings/routes.ts'
import { matterRoutes } from '#matters/routes.ts'
import { mediationRoutes } from '#mediation/routes.ts'
import { notifyRoutes } from '#notify/routes.ts'
import { sendingRoutes } from '#notify/sending-routes.ts'
import { templateRoutes } from '#notify/template-routes.ts'
import { contactRoutes } from '#notify/ways-routes.ts'
import { exportRoutes } from '#exchange/exports/routes.ts'
import { importRoutes } from '#exchange/routes.ts'
import { homeDistricts, organisationNames } from '#org/service.ts'
import { clearedTitles } from '#open311/publication.ts'
import { publicationRoutes } from '#open311/publication-routes.ts'
import { answerIt, giveBack, notNow, take } from '#offers/taking.ts'
import { offerRoutes } from '#offers/routes.ts'
import { onPhone } from '#offers/view.ts'
import { open311Routes } from '#open311/routes.ts'
import { orgRoutes } from '#org/routes.ts'
import { profileRoutes } from '#people/profile-routes.ts'
import { peopleRoutes } from '#people/routes.ts'
import { personNames } from '#people/service.ts'
import { callRoutes } from '#requests/calls/routes.ts'
import { drawn } from '#requests/calls/sampling.ts'
import { checkLifecycle } from '#requests/lifecycle-check.ts'
import { followRoutes } from '#requests/together/routes.ts'
import { versionsOf } from '#requests/live.ts'
import { erasureRoutes } from '#requests/erasure/routes.ts'
import { claimVoices, codesOf, openVoice, submitNeed, voicesOf } from '#requests/from-visits.ts'
import { bulkRoutes } from '#requests/bulk-routes.ts'
import { requestRoutes } from '#requests/routes.ts'
import { rotasAt } from '#rota/on-duty.ts'
import { rotaRoutes } from '#rota/routes.ts'
import { searchRoutes } from '#requests/search/routes.ts'
import { settingsRoutes } from '#settings/routes.ts'
import { suggestRoutes } from '#suggest/routes.ts'
import { noteChoice, surelyOf } from '#suggest/service.ts'
import { moveDuties } from '#visits/clock.ts'
import { visitsToResident } from '#visits/own.ts'
import type { VisitDeps } from '#visits/record.ts'
import { visitRoutes } from '#visits/routes.ts'
import { visitRuleRoutes } from '#visits/rule-routes.ts'
import { wishesOfResident } from '#wishes/own.ts'
import { wishRoutes } from '#wishes/routes.ts'
import { spotRoutes } from '#visits/spot-routes.ts'
import { followRequest } from '#whistle/follow.ts'
import { lateRequests } from '#whistle/late.ts'
import { checkWhistles } from '#whistle/lifecycle.ts'
import { whistleRoutes } from '#whistle/routes.ts'
import { carriersFor, carriersOf } from './carriers.ts'
import type { Carriers } from './carriers.ts'

/** The composition root: what answers. What happens without anybody asking stands in `jobs.ts`; no other place knows every capability. */

export type AppOptions = { config: Config; database: Database; keys: Keys; clock: Clock; log?: Log }

const dist = path.resolve(import.meta.dirname, '../../web/dist')

/** What a visit needs of requests, which stand beside it. */
function visitDeps(keys: Keys): VisitDeps {
  return { keys, submit: (call, said) => submitNeed(call, said, keys), claimVoices, codesOf }
}

/** What the field phone needs of offers, which stand beside it. */
const offerDeps: FieldOffers = { onPhone, take, notNow, giveBack, answerIt }

/** Every route of the product; server, OpenAPI document and the generated tests walk the same list. */
export function allRoutes(deps: {
  keys: Keys
  files: Files
  mode: Config['mode']
  dataDir: string
  carriers?: Carriers
}): Route[] {
  const { sms, mail, push, robots } = deps.carriers ?? carriersFor(deps.mode)
  return [
    ...accessRoutes({ keys: deps.keys, mode: deps.mode, sms }),
    ...auditRoutes({ keys: deps.keys, dataDir: deps.dataDir }),
    ...orgRoutes(),
    ...deadlineRoutes(),
    ...catalogueRoutes(),
    ...householdRoutes(),
    ...registerRoutes({ keys: deps.keys, names: personNames }),
    ...duplicateRoutes({ keys: deps.keys, names: personNames }),
    ...lifeRoutes({ keys: deps.keys, names: personNames }),
    ...peopleRoutes({ doorsIn, dutiesAt: liaisonsAt, rotasAt }),
    ...rotaRoutes(),
    ...mediationRoutes(),
    ...matterRoutes(),
    ...profileRoutes(),
    ...publicationRoutes({ keys: deps.keys }),
    ...open311Routes({ keys: deps.keys, mode: deps.mode }),
    ...notifyRoutes({ versions: versionsOf }),
    ...contactRoutes({ keys: deps.keys, mail, push }),
    ...sendingRoutes({
      keys: deps.keys,
      robots,
      organisations: organisationNames,
      ways: { sms: { shown: sms.shown, able: sms !== noSms }, mail, push, robots },
    }),
    ...templateRoutes({ names: personNames }),
    ...searchRoutes({ keys: deps.keys }),
    ...bulkRoutes({
      entered: async (trx, entries, now) => {
        for (const { request, command } of entries) await noteChoice(trx, request, command)
        await noteDispatches(trx, entries, now)
        for (const { request } of entries) await followRequest(trx, request, now)
      },
    }),
    ...requestRoutes({
      keys: deps.keys,
      files: deps.files,
      entered: async (trx, request, command, now) => {
        await noteChoice(trx, request, command)
        await noteDispatches(trx, [{ request, command }], now)
        // RQ18: a whistle follows what becomes of its requests.
        await followRequest(trx, request, now)
      },
    }),
    ...whistleRoutes({ keys: deps.keys }),
    ...followRoutes({ keys: deps.keys, categoryOf: surelyOf, titlesOf: clearedTitles }),
    ...dispatchRoutes(),
    ...settingsRoutes(),
    ...exportRoutes(),
    ...importRoutes({ keys: deps.keys, files: deps.files }),
    ...suggestRoutes(),
    ...erasureRoutes({
      keys: deps.keys,
      mode: deps.mode,
      more: async (call, reporter) => [
        ...(await visitsToResident(call.trx, reporter, call.language)),
        ...(await wishesOfResident(call, reporter)),
      ],
    }),
    ...callRoutes(),
    ...offerRoutes(),
    ...wishRoutes({ keys: deps.keys }),
    ...handbookRoutes({ keys: deps.keys }),
    // What is open about a door moves with its duty (VR4); duties that begin later are followed on their day.
    ...liaisonRoutes({
      handOver: async (trx, _doors, { now }) => {
        await moveDuties(trx, now)
      },
    }),
    ...liaisonListRoutes(),
    ...visitRoutes({
      ...visitDeps(deps.keys),
      voicesOf,
      openVoice: (trx, visit, id) => openVoice(trx, visit, id, deps.files),
    }),
    ...visitRuleRoutes(),
    ...spotRoutes({ keys: deps.keys, lot: drawn }),
    ...meetingRoutes({ keys: deps.keys, lateWhistles: ({ trx }, path) => lateRequests(trx, path) }),
    ...deviceRoutes({ keys: deps.keys }),
    ...fieldRoutes({ keys: deps.keys, visits: visitDeps(deps.keys), offers: offerDeps }),
  ]
}

/** The district of a caller without a session: this installation's only one. Looked up until there is one. */
function districtFinder(database: Database): () => Promise<string> {
  let known: string | undefined
  return async () => {
    known ??= (await homeDistricts(database.pool))[0]?.district
    return known ?? refuse('unavailable', { retryAfter: 10 })
  }
}

async function version(): Promise<string> {
  const text = await readFile(path.resolve(import.meta.dirname, '../../package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

/** The server with all routes; it does not listen yet. */
export async function buildServer({
  config,
  database,
  keys,
  clock,
  log,
}: AppOptions): Promise<FastifyInstance> {
  const holes = [...checkLifecycle(), ...checkWhistles()]
  if (holes.length > 0) throw new Error(`the lifecycle has holes (RQ14): ${holes.join('; ')}`)
  const routes = allRoutes({
    keys,
    files: localFiles(config.dataDir),
    mode: config.mode,
    dataDir: config.dataDir,
    carriers: carriersOf(config, keys, clock),
  })
  const metrics = makeMetrics(database.pool)
  const server = await buildHttp({
    routes,
    gate: makeGate({ database, mode: config.mode, append }),
    database,
    clock,
    district: districtFinder(database),
    tls: config.tls
      ? { cert: await readFile(config.tls.cert, 'utf8'), key: await readFile(config.tls.key, 'utf8') }
      : null,
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    logger: log ?? null,
    onAnswer: metrics.onAnswer,
  })
  const document = JSON.stringify(openapi(routes as readonly KernelRoute[], await version()))
  const open = { config: { rateLimit: false as const } }
  server.get('/openapi.json', open, (_request, reply) => reply.type('application/json').send(document))
  server.get('/problems', open, (_request, reply) => reply.send(problems))
  server.get('/healthz', open, (_request, reply) => reply.send({ status: 'alive' }))
  // For a collector beside the server; behind a trusted proxy the address is that of whoever asked the proxy.
  server.get('/metrics', open, async (request, reply) =>
    isLoopback(request.ip)
      ? reply.type(metrics.contentType).send(await metrics.text())
      : refuse('http.not_found'),
  )
  server.get('/readyz', open, async (_request, reply) => {
    await database.pool.query('select 1')
    return reply.send({ status: 'ready' })
  })
  await pages(server, dist)
  return server
}
