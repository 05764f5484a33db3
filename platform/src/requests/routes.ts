import { z } from 'zod'
import { postsFor } from '#access/actor.ts'
import { checkTail, revealPhone } from '#access/reporters.ts'
import { followMore, openReporterSession } from '#access/sessions.ts'
import { route } from '#access/route.ts'
import type { Call, Route } from '#access/route.ts'
import { sha256 } from '#kernel/canonical.ts'
import { reachRequests } from '#kernel/db.ts'
import type { Trx } from '#kernel/db.ts'
import type { Files } from '#kernel/files.ts'
import type { Keys } from '#kernel/keys.ts'
import { refuse } from '#kernel/problem.ts'
import { Download } from '#kernel/route.ts'
import { attachmentFor, attachmentShared, brought, fileKey, record } from './files/attachments.ts'
import { commandSchema } from './commands.ts'
import {
  complaintSchema,
  followSchema,
  handlerListSchema,
  listQuerySchema,
  receiptSchema,
  requestListSchema,
  revealedSchema,
  revealSchema,
  submitSchema,
  uploadedSchema,
  uploadSchema,
} from './contract.ts'
import { requestSchema } from './view-contract.ts'
import type { Command } from './commands.ts'
import { viewFor, withFollowed } from './together/followed-view.ts'
import { followedBy } from './together/followers.ts'
import type { RequestView } from './view-contract.ts'
import { handlersFor } from './handlers.ts'
import { counts } from './list.ts'
import { requestPage } from './page.ts'
import { checkVoice, cleanPhoto } from './files/media.ts'
import { mergeOrPart } from './together/merge.ts'
import { partiesOf } from './rules.ts'
import { actorOf, enter, ownerOf } from './service.ts'
import { find, findByCode } from './store.ts'
import { aroundOf, complain, submit } from './submission.ts'
import { dropParts, finish, mostUploadBytes, takePart } from './files/uploads.ts'

type Deps = {
  keys: Keys
  files: Files
  /** Told of what a person entered, in the same transaction; handed in by the composition root. */
  entered?: (trx: Trx, request: string, command: Command, now: Temporal.Instant) => Promise<void>
}

const byId = z.object({ id: z.uuid().describe('Request') })

/** A browser without an account keeps reading what it said for this long. */
const followSeconds = 30 * 86_400

/** How long the same submission again, by a browser that lost the first answer, still lets it follow. */
const againSeconds = 3_600

/**
 * Whether what was said still lies as it came in. The words and id of a request are known to everyone who worked on it:
 * later, sending them again must not make the reporter out of those who are to be judged by the reporter's word (RQ7).
 */
async function isJustSaid({ trx, now }: Call, id: string): Promise<boolean> {
  const said = await find(trx, id)
  if (!said || said.seq !== 1) return false
  const age = Temporal.Instant.from(said.submittedAt).until(now)
  return Temporal.Duration.compare(age, { seconds: againSeconds }) <= 0
}

/** Erasing changes what a page shows, and makes no entry; nor does what becomes of a complaint about it. */
const versionOf = ({ version, erased, about, complaints }: RequestView) =>
  [
    version,
    ...(erased ? [erased.what] : []),
    ...(about ? [about.state] : []),
    ...complaints.map(({ state }) => state),
  ].join('-')

export function requestRoutes({ keys, files, entered }: Deps): Route[] {
  const view = (call: Call, id: string) => viewFor(call, id, { keys })
  const noted = (id: string, output: { path: string }, reporter?: string) => ({
    subjectKind: 'request',
    subject: id,
    path: output.path,
    ...(reporter && { reporter }),
  })

  return [
    route({
      method: 'POST',
      path: '/api/requests',
      allow: 'request.submit',
      summary: 'Say something: a new service request, by a resident or recorded for one',
      body: submitSchema,
      output: receiptSchema,
      status: 201,
      perAddress: true,
      run: async (call, { body }) => {
        const { receipt, reporter, isNewReporter, isTheirs } = await submit(call, body, { keys })
        if (call.actor.kind === 'staff' || call.actor.kind === 'reporter')
          return { ...receipt, followToken: false }
        if (call.actor.kind === 'follower' && call.actor.requests.includes(receipt.id)) return receipt
        if (!isTheirs || !(await isJustSaid(call, receipt.id))) return { ...receipt, followToken: false }
        // Someone without an account: a reporter nobody knew yet is this browser's own; one known by phone must prove it.
        const token = isNewReporter
          ? await openReporterSession(call, reporter, followSeconds)
          : await followMore(call, receipt.id, followSeconds)
        call.setSession(token, followSeconds)
        return receipt
      },
      audit: ({ body }) => ({
        subjectKind: 'request',
        subject: body.id,
        path: body.confidential ? aroundOf(body.path) : body.path,
      }),
    }),
    route({
      method: 'POST',
      path: '/api/requests/:id/complaints',
      allow: 'request.complain',
      summary:
        'Complain about how a request was handled: a new request, held by the desk above the organisation complained of',
      params: byId,
      body: complaintSchema,
      output: receiptSchema,
      status: 201,
      run: async (call, { params, body }) => {
        const { receipt } = await complain(call, params.id, body)
        if (call.actor.kind !== 'follower') return { ...receipt, followToken: false }
        call.setSession(await followMore(call, receipt.id, followSeconds), followSeconds)
        return receipt
      },
      audit: ({ params, body }) => ({
        subjectKind: 'request',
        subject: body.id,
        detail: { about: params.id },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/requests',
      allow: 'request.read',
      summary: 'Requests that wait for me, that I watch, that I may read, or that I reported',
      query: listQuerySchema,
      output: requestListSchema,
      run: async (call, { query }) => {
        const own = postsFor(call.actor, 'request.read').map(({ post }) => post.organisation)
        const page = (followed: readonly string[]) => requestPage(call, call.trx, query, followed)
        return { ...(await withFollowed(call, page)), counts: await counts(call.trx, own) }
      },
      audit: ({ query }, output) => ({
        subjectKind: 'request',
        detail: { queue: query.queue, rows: output.items.length },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/requests/:id',
      allow: 'request.read',
      summary: 'One request with its whole story',
      params: byId,
      output: requestSchema,
      etag: versionOf,
      run: (call, { params }) => view(call, params.id),
      audit: ({ params }, output) => noted(params.id, output),
    }),
    route({
      method: 'POST',
      path: '/api/requests/:id/entries',
      allow: 'request.enter',
      summary: 'Enter what happened: accept, dispatch, answer, confirm and all else the lifecycle allows',
      params: byId,
      body: commandSchema,
      output: requestSchema,
      etag: versionOf,
      run: async (call, { params, body }) => {
        await (body.kind === 'merge' || body.kind === 'unmerge'
          ? mergeOrPart(call, params.id, body)
          : enter(call, params.id, body))
        await entered?.(call.trx, params.id, body, call.now)
        return view(call, params.id)
      },
      audit: ({ params, body }, output) => ({ ...noted(params.id, output), detail: { kind: body.kind } }),
    }),
    route({
      method: 'POST',
      path: '/api/requests/:id/reveals',
      allow: 'request.reveal',
      summary: "Show the reporter's phone number, for a stated reason that the reporter can read",
      params: byId,
      body: revealSchema,
      output: revealedSchema,
      perMinute: 30,
      run: async (call, { params }) => {
        const request = (await find(call.trx, params.id)) ?? refuse('request.not_found')
        // Whoever has it now, or a desk over it; having had a hand in it once is no need to call.
        const now = partiesOf(request.standing, request.path, actorOf(call.actor))
        if ((request.confidential && !request.confided) || now.length === 0) refuse('access.not_allowed')
        return { phone: request.reporter && (await revealPhone(call.trx, request.reporter, keys)) }
      },
      audit: ({ params, body }) => ({ subjectKind: 'request', subject: params.id, reason: body.reason }),
    }),
    route({
      method: 'GET',
      path: '/api/requests/:id/handlers',
      allow: 'request.handlers',
      summary:
        'Who can solve it: organisations named by its category or serving its place, with what they hold now',
      params: byId,
      output: handlerListSchema,
      run: async (call, { params }) => ({
        items: await handlersFor(
          call.trx,
          (await find(call.trx, params.id)) ?? refuse('request.not_found'),
          call.now,
        ),
      }),
      audit: 'public',
    }),
    route({
      method: 'POST',
      path: '/api/follow',
      allow: 'session.own',
      summary:
        'Open one request without an account: its code and the last four digits of the phone given with it',
      body: followSchema,
      output: requestSchema,
      perMinute: 20,
      perAddress: true,
      run: async (call, { body }) => {
        // Staff read what their posts reach and nothing by another way, least of all the internal notes.
        if (call.actor.kind === 'staff') refuse('request.not_found')
        const found = await findByCode(call.trx, body.code)
        await checkTail(call.trx, {
          code: body.code,
          reporter: found?.reporter ?? null,
          tail: body.phoneTail,
          keys,
          now: call.now,
        })
        if (!found) refuse('request.wrong_code_or_tail')
        await reachRequests(call.trx, [...(call.scope.requests ?? []), found.id])
        if (call.actor.kind === 'anyone' || call.actor.kind === 'follower')
          call.setSession(await followMore(call, found.id, followSeconds), followSeconds)
        const requests = [...(call.scope.requests ?? []), found.id]
        const actor = call.actor.kind === 'reporter' ? call.actor : { kind: 'follower' as const }
        return view({ ...call, actor: { ...actor, requests }, scope: { ...call.scope, requests } }, found.id)
      },
      audit: (_, output) => noted(output.id, output),
    }),
    ...attachmentRoutes({ files }),
  ]
}

function attachmentRoutes({ files }: Pick<Deps, 'files'>): Route[] {
  const cleaned = async (
    body: { id: string; kind: 'photo' | 'voice'; seconds?: number | undefined },
    bytes: Buffer,
  ) => {
    try {
      const media = body.kind === 'photo' ? await cleanPhoto(bytes) : checkVoice(bytes, body.seconds ?? null)
      await files.put(fileKey(body.id, sha256(media.bytes)), media.bytes)
      return media
    } catch (error) {
      await dropParts(files, body.id)
      throw error
    }
  }
  return [
    route({
      method: 'POST',
      path: '/api/attachments',
      allow: 'attachment.add',
      summary:
        'Upload a photo or a voice note, whole or part by part, before naming it in an entry; photos lose their EXIF data',
      body: uploadSchema,
      output: uploadedSchema,
      status: 201,
      uploadBytes: mostUploadBytes,
      prepare: async ({ body, upload }) => {
        const { bytes: part } = upload!
        const { received, bytes } = await takePart(files, body.id, {
          at: body.at,
          whole: body.bytes ?? part.length,
          bytes: part,
        })
        return {
          received,
          isWhole: received === (body.bytes ?? part.length),
          media: bytes && (await cleaned(body, bytes)),
        }
      },
      run: async (call, { body, prepared: { received, isWhole, media } }) => {
        const owner = ownerOf(call)
        if (media) {
          const attachment = await record(call.trx, body.id, media, owner, call.now.toString())
          await finish(files, body.id)
          return { received, attachment }
        }
        const attachment = isWhole ? await brought(call.trx, body.id, owner) : undefined
        // Its parts are gone, and what was made of them was not kept: the sender begins anew.
        if (isWhole && !attachment) await dropParts(files, body.id)
        return { received: isWhole && !attachment ? 0 : received, attachment: attachment ?? null }
      },
      audit: ({ body }, { attachment }) => attachment && { subjectKind: 'attachment', subject: body.id },
    }),
    route({
      method: 'GET',
      path: '/api/attachments/:id',
      allow: 'attachment.read',
      summary: 'The bytes of a photo or voice note',
      params: z.object({ id: z.uuid().describe('Attachment') }),
      run: async (call, { params }) => {
        const found =
          (await attachmentFor(call.trx, params.id, ownerOf(call), call.actor.kind === 'staff')) ??
          (await attachmentShared(
            call.trx,
            params.id,
            (await followedBy(call)).map(({ id }) => id),
          )) ??
          refuse('attachment.not_found')
        return new Download(await files.read(found.key), found.mediaType)
      },
      audit: ({ params }) => ({ subjectKind: 'attachment', subject: params.id }),
    }),
  ]
}
