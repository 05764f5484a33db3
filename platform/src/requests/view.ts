import type { Actor as AccessActor } from '#access/actor.ts'
import { postsFor } from '#access/actor.ts'
import { fieldViews } from '#access/permissions.ts'
import { maskName, maskPhone } from '#access/mask.ts'
import { reportersByIds } from '#access/reporters.ts'
import { categoryNames, stepName } from '#catalogue/service.ts'
import type { Trx } from '#kernel/db.ts'
import type { Keys } from '#kernel/keys.ts'
import { organisationNames, placeOf } from '#org/service.ts'
import { personNames } from '#people/service.ts'
import { attachmentsOf } from './files/attachments.ts'
import type { AttachmentView } from './files/attachments.ts'
import { firstContactView } from './first-contact.ts'
import type { EntryView, RequestSummary } from './contract.ts'
import type { RequestView } from './view-contract.ts'
import type { LastEntry } from './list.ts'
import { abilitiesOf } from './rules.ts'
import type { Actor } from './rules.ts'
import type { Entry, Holder } from './entry.ts'
import type { Standing } from './standing.ts'
import { linked } from './confidence/store.ts'
import { sharedWith } from './together/shared.ts'
import en from './messages/en.json' with { type: 'json' }
import zh from './messages/zh-CN.json' with { type: 'json' }
import { divisionView, namedInDivision } from './division-view.ts'
import { countOf, story } from './store.ts'
import { togetherWith, withCode } from './together/together.ts'
import type { Stored } from './store.ts'

/** What a request looks like to whoever asks: names instead of ids, personal fields as far as the role sees them. */

const texts: Record<string, typeof zh> = { 'zh-CN': zh, en }

type Organisations = Awaited<ReturnType<typeof organisationNames>>
type People = Awaited<ReturnType<typeof personNames>>

export function holderView(holder: Holder, organisations: Organisations, people: People) {
  const organisation = organisations.get(holder.organisation)
  const person = holder.person ? people.get(holder.person) : undefined
  return {
    organisation: {
      id: holder.organisation,
      name: organisation?.shortName ?? '',
      phone: organisation?.phone ?? null,
    },
    person:
      person && holder.person ? { id: holder.person, name: person.name, phone: person.workPhone } : null,
  }
}

/** The request as whoever may know the reporter reads it: with what was really said. For all others as it stands (RQ10). */
export function told<R extends Pick<Stored, 'confided'>>(request: R): R {
  return { ...request, ...request.confided }
}

/** Rows of a list: names are fetched once for the whole page. */
export async function summaries(
  trx: Trx,
  page: readonly (Stored & { last: LastEntry })[],
  language: string,
): Promise<RequestSummary[]> {
  const holders = page.flatMap(({ standing }) => (standing.holder ? [standing.holder] : []))
  const organisations = await organisationNames(trx, [
    ...holders.map(({ organisation }) => organisation),
    ...page.flatMap(({ last }) => last.organisation ?? []),
  ])
  const people = await personNames(trx, [
    ...holders.flatMap(({ person }) => person ?? []),
    ...page.flatMap(({ last }) => last.person ?? []),
  ])
  const places = await placeOf(
    trx,
    page.map((request) => told(request).path),
  )
  const categories = await categoryNames(trx, language)
  return page.map((stored) => {
    const request = told(stored)
    const { last } = request
    const by =
      (last.person && people.get(last.person)?.name) ??
      (last.organisation && organisations.get(last.organisation)?.shortName) ??
      null
    return {
      ...summaryOf(request, organisations, people, places, categories, language),
      lastEntry: {
        kind: last.kind,
        at: last.at,
        by,
        words: last.words === null ? null : [...last.words].slice(0, 80).join(''),
      },
    }
  })
}

function summaryOf(
  request: Stored,
  organisations: Organisations,
  people: People,
  places: Map<string, string>,
  categories: Awaited<ReturnType<typeof categoryNames>>,
  language: string,
): Omit<RequestSummary, 'lastEntry'> {
  const { standing } = request
  return {
    id: request.id,
    code: request.code,
    title: request.erased === 'all' ? (texts[language] ?? zh).erased.title : request.title,
    state: standing.state,
    level: standing.level,
    category: (standing.category && categories.get(standing.category)) || null,
    urgency: standing.urgency,
    channel: request.channel as RequestSummary['channel'],
    path: request.path,
    place: `${places.get(request.path) ?? ''}${request.place}`,
    submittedAt: request.submittedAt,
    dueAt: standing.term?.dueAt ?? null,
    overdue: request.overdue,
    holder: standing.holder && holderView(standing.holder, organisations, people),
    satisfaction: standing.satisfaction,
    asked: standing.asked !== null,
    proposed: standing.proposal?.what ?? null,
    excluded: standing.excluded !== null,
    confidential: request.confidential,
    people: standing.followers + 1,
    follows: false,
    erased: request.erased && request.erasedAt ? { what: request.erased, at: request.erasedAt } : null,
  }
}

/** Ids of organisations and people that an entry mentions. */
function mentioned(entry: Entry): { organisations: string[]; people: string[] } {
  const data = entry.data as {
    holder?: Holder
    assisting?: string[]
    above?: string
    person?: string
    organisation?: string
    approved?: { person?: string; organisation?: string }
    parts?: { holder: Holder }[]
  }
  const of = (...ids: (string | undefined)[]) => ids.filter((id) => id !== undefined)
  return {
    organisations: of(
      entry.by.organisation,
      data.holder?.organisation,
      data.above,
      data.organisation,
      data.approved?.organisation,
      ...(data.assisting ?? []),
      ...(data.parts ?? []).map(({ holder }) => holder.organisation),
    ),
    people: of(
      entry.by.person,
      data.holder?.person,
      data.person,
      data.approved?.person,
      ...(data.parts ?? []).map(({ holder }) => holder.person),
    ),
  }
}

function entryView(
  seq: number,
  entry: Entry,
  organisations: Organisations,
  people: People,
  attachments: AttachmentView[],
  follower: string | undefined,
): EntryView {
  const ids = mentioned(entry)
  const names = [
    ...ids.organisations.map((id) => [id, organisations.get(id)?.shortName ?? ''] as const),
    ...ids.people.map((id) => [id, people.get(id)?.name ?? ''] as const),
  ]
  return {
    id: entry.id,
    seq,
    kind: entry.kind,
    at: entry.at,
    channel: entry.channel as EntryView['channel'],
    by: {
      kind: entry.by.follower && entry.by.follower !== follower ? 'follower' : entry.by.kind,
      person: (entry.by.person && people.get(entry.by.person)?.name) ?? null,
      organisation: (entry.by.organisation && organisations.get(entry.by.organisation)?.shortName) ?? null,
    },
    visible: entry.visible,
    words: entry.words,
    data: entry.data,
    names: Object.fromEntries(names),
    attachments,
  }
}

export type Viewer = {
  access: AccessActor
  rules: Actor
  keys: Keys
  language: string
  now: Temporal.Instant
  /** Set for somebody who follows it (RQ13): the following they opened. */
  follower?: string
}

/** The whole request. A reporter reads the visible entries, a follower the shared ones; staff read all of them. */
export async function requestView(trx: Trx, stored: Stored, viewer: Viewer): Promise<RequestView> {
  const request = told(stored)
  const withheld = request.confidential && !request.confided
  const isStaff = viewer.access.kind === 'staff'
  const { follower } = viewer
  const links = (await story(trx, request.id)).flatMap((link) => {
    const entry =
      follower === undefined
        ? (isStaff || link.entry.visible) && link.entry
        : sharedWith(follower, link.entry)
    return entry ? [{ ...link, entry }] : []
  })
  const ids = links.map(({ entry }) => mentioned(entry))
  const { holder } = request.standing
  const dividing = isStaff ? namedInDivision(request.standing) : { organisations: [], people: [] }
  const organisations = await organisationNames(trx, [
    ...ids.flatMap((one) => one.organisations),
    ...(holder ? [holder.organisation] : []),
    ...dividing.organisations,
    ...(withheld ? [] : request.complainedOf),
  ])
  const people = await personNames(trx, [
    ...ids.flatMap((one) => one.people),
    ...(holder?.person ? [holder.person] : []),
    ...dividing.people,
  ])
  const attachments = await attachmentsOf(trx, request.id)
  // Of what lies in confidence only cleared files come along, and belong to the matter.
  const isFirst = (entry: string) =>
    withheld ? links.every((link) => link.entry.id !== entry) : entry === links[0]?.entry.id
  const atFirst = [...attachments].flatMap(([entry, files]) => (isFirst(entry) ? files : []))
  const { merged, absorbed, codes } = isStaff
    ? await togetherWith(
        trx,
        request,
        links.map(({ entry }) => entry),
      )
    : { merged: null, absorbed: [], codes: new Map<string, string>() }
  const entries = links.map(({ seq, entry }) => {
    // A follower reads of others what is said in words; photos of what was done belong to the answer.
    const files = follower === undefined || entry.words !== null ? attachments.get(entry.id) : undefined
    return withCode(entryView(seq, entry, organisations, people, files ?? [], follower), codes)
  })
  const newest = entries.at(-1) ?? unread(request)
  const now = viewer.now.toString({ smallestUnit: 'millisecond' })
  const abilities = abilitiesOf(request.standing, stored.path, viewer.rules, now)
  return {
    ...summaryOf(
      request,
      organisations,
      people,
      await placeOf(trx, [request.path]),
      await categoryNames(trx, viewer.language),
      viewer.language,
    ),
    lastEntry: {
      kind: newest.kind,
      at: newest.at,
      by: newest.by.person ?? newest.by.organisation,
      words: newest.words,
    },
    words: request.words,
    lon: request.lon,
    lat: request.lat,
    term: request.standing.term,
    steps: request.standing.steps.map((step) => ({ ...step, name: stepName(step.name, viewer.language) })),
    points: request.standing.points,
    returns: request.standing.returns,
    reopens: request.standing.reopens,
    unreached: request.standing.unreached,
    proposal: proposalView(request.standing),
    suspended: pauseView(request.standing),
    reporter: withheld ? null : await reporterView(trx, request, viewer),
    firstContact: withheld ? null : await firstContactView(trx, request.standing, viewer.now),
    withheld,
    complainedOf: withheld
      ? []
      : request.complainedOf.map((id) => ({ id, name: organisations.get(id)?.shortName ?? '' })),
    ...(await linked(trx, request)),
    entries: entries.toReversed(),
    attachments: atFirst,
    merged,
    absorbed,
    // RQ12: whoever reported it sees one request, and what is demanded of those who serve is between them.
    ...divisionView(isStaff ? request.standing : null, {
      story: links.map(({ entry }) => entry),
      holderOf: (one) => holderView(one, organisations, people),
      nameOf: (id) => organisations.get(id)?.shortName ?? null,
      actor: viewer.rules,
      path: stored.path,
      abilities,
    }),
    bound: request.standing.bound,
    whistle: isStaff ? (request.standing.whistled?.whistle ?? null) : null,
    abilities,
    version: request.seq,
  }
}

function proposalView({ proposal }: Standing): RequestView['proposal'] {
  if (!proposal) return null
  const { id, what, reason, until = null } = proposal
  return { id, what, reason, until }
}

function pauseView({ suspended }: Standing): RequestView['suspended'] {
  if (!suspended) return null
  const { since, until, reason } = suspended
  return { since, until, reason }
}

/** What happened last for somebody who may read nothing of the story yet: it came in. */
function unread({ submittedAt }: Stored) {
  return { kind: 'submit', at: submittedAt, by: { person: null, organisation: null }, words: null } as const
}

/** How this viewer sees a personal field of the reporter, by the most that one of their roles allows. */
function fieldView(actor: AccessActor, field: keyof typeof fieldViews): 'none' | 'masked' {
  const views: Partial<Record<string, string>> = fieldViews[field]
  return postsFor(actor, 'request.read').some(({ post }) => (views[post.role] ?? 'none') !== 'none')
    ? 'masked'
    : 'none'
}

async function reporterView(trx: Trx, request: Stored, viewer: Viewer): Promise<RequestView['reporter']> {
  const { access, keys, now } = viewer
  if (request.reporter === null) return null
  const own = access.kind === 'reporter' && access.id === request.reporter
  const reporter = (await reportersByIds(trx, [request.reporter], keys)).get(request.reporter)
  if (!reporter) return null
  const yearAgo = now.subtract({ hours: 365 * 24 }).toString()
  const show = (field: keyof typeof fieldViews, value: string | null, mask: (value: string) => string) =>
    value === null
      ? null
      : own
        ? value
        : access.kind !== 'staff' || fieldView(access, field) === 'masked'
          ? mask(value)
          : null
  return {
    name: show('reporter.name', reporter.name, maskName),
    phone: show('reporter.phone', reporter.phone, maskPhone),
    proven: reporter.proven,
    requestsThisYear: access.kind === 'staff' || own ? await countOf(trx, request.reporter, yearAgo) : 1,
  }
}
