import type { Call } from '#access/route.ts'
import { meOf } from '#access/me.ts'
import type { Keys } from '#kernel/keys.ts'
import { fill, refuse } from '#kernel/problem.ts'
import type { OwnCopy } from './contract.ts'
import { ofReporter, requestsOf } from './store.ts'
import type { RequestView } from '../view-contract.ts'
import zhEntries from '../messages/zh-CN.json' with { type: 'json' }
import enEntries from '../messages/en.json' with { type: 'json' }
import en from '../messages/own.en.json' with { type: 'json' }
import zh from '../messages/own.zh-CN.json' with { type: 'json' }
import { actorOf } from '../service.ts'
import { find } from '../store.ts'
import { requestView } from '../view.ts'

/** Boundary 5: everything that is kept about a resident, in plain words, for reading and for taking along. */

const texts = { 'zh-CN': { ...zh, words: zhEntries }, en: { ...en, words: enEntries } }
type Part = OwnCopy['parts'][number]

/** What folders beside this one keep about a resident; the composition root hands it in. */
export type MoreParts = (call: Call, reporter: string) => Promise<Part[]>

export async function ownCopy(
  call: Call,
  keys: Keys,
  mode: 'demo' | 'production',
  more: MoreParts,
): Promise<OwnCopy> {
  const { trx, actor, language, now } = call
  if (actor.kind !== 'reporter') refuse('access.not_allowed')
  const t = texts[language]
  const { reporter } = await meOf(call, { keys, mode })
  const row = (what: string, value: string | null | undefined) => ({ what, value: value || t.none })
  const parts: Part[] = [
    {
      title: t.about,
      rows: [
        row(t.name, reporter?.name),
        row(t.phone, reporter?.phone),
        row(t.proven, reporter?.proven ? t.yes : t.no),
        row(t.home, reporter?.home?.name),
      ],
    },
  ]
  for (const id of new Set([...(await requestsOf(trx, actor.id)), ...actor.requests])) {
    const request = await find(trx, id)
    if (!request) continue
    const viewer = { access: actor, rules: actorOf(actor), keys, language, now }
    parts.push(partOf(await requestView(trx, request, viewer), t, row))
  }
  parts.push(...(await more(call, actor.id)))
  const erasures = await ofReporter(trx, actor.id)
  if (erasures.length > 0)
    parts.push({
      title: t.erasures,
      rows: erasures.map(({ code, askedAt, erasedAt, dueAt, state, words }) => ({
        what: fill(t.erasure, { code: code ?? t.account, at: dayOf(askedAt) }),
        value: erasedAt
          ? fill(t.erased, { at: dayOf(erasedAt) })
          : state === 'refused'
            ? fill(t.refused, { why: words ?? '' })
            : fill(t.waiting, { at: dayOf(dueAt) }),
      })),
    })
  return { parts, kept: t.kept }
}

function partOf(
  request: RequestView,
  t: (typeof texts)['en'],
  row: (what: string, value: string | null | undefined) => Part['rows'][number],
): Part {
  const { words, lon, lat, attachments } = request
  const by = (entry: RequestView['entries'][number]) =>
    entry.by.kind === 'reporter'
      ? t.words.by.you
      : (entry.by.person ?? entry.by.organisation ?? t.words.by.system)
  return {
    title: fill(t.request, { code: request.code }),
    rows: [
      row(t.title, request.title),
      row(t.at, minuteOf(request.submittedAt)),
      row(t.said, words),
      row(t.place, request.place),
      ...(lon !== null && lat !== null ? [row(t.position, `${lon}, ${lat}`)] : []),
      row(t.state, t.words.state[request.state]),
      ...(attachments.length > 0 ? [row(t.attachments, fill(t.files, { count: attachments.length }))] : []),
      ...request.entries
        .toReversed()
        .map((entry) =>
          row(
            fill(t.entry, { at: minuteOf(entry.at), who: by(entry), what: t.words.entry[entry.kind] }),
            entry.words ?? '—',
          ),
        ),
    ],
  }
}

const inShanghai = (at: string) => Temporal.Instant.from(at).toZonedDateTimeISO('Asia/Shanghai')
const dayOf = (at: string) => inShanghai(at).toPlainDate().toString()
const minuteOf = (at: string) =>
  `${dayOf(at)} ${inShanghai(at).toPlainTime().toString({ smallestUnit: 'minute' })}`
