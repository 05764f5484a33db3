import type { TFunction } from 'i18next'
import type { EntryView, RequestSummary } from '#requests/contract.ts'
import type { RequestView } from '#requests/view-contract.ts'
import { sayDate } from '#web/ui/say-time.ts'
import { lifecycleWord } from '../../words.ts'

/** Entries of the clock: they tell that time passes, not how the matter stands. */
const ofTheClock = new Set(['remind', 'supervise', 'climb'])

/** The last line of a row: what is awaited from me, else what happened last, in one sentence. */
export function lastLine(t: TFunction, request: RequestSummary, mine: boolean): string {
  const { kind, by, words } = request.lastEntry
  const stands = mine ? t(`last.mine.${request.state}`) : lifecycleWord(t, `state.${request.state}`)
  if (kind === 'supervise' && !words) return t('last.supervised', { stands })
  if (ofTheClock.has(kind) && !words) return stands
  if (request.asked) return t('last.asked')
  if (request.proposed) return t('last.proposed', { what: lifecycleWord(t, `proposed.${request.proposed}`) })
  if (mine && ['submit', 'accept', 'assign'].includes(kind)) return stands
  const done = lifecycleWord(t, `entry.${kind}`)
  // What the clock or a rule did has nobody to name.
  const what = by ? t('last.line', { by, what: done }) : done
  return words ? t('last.withWords', { what, words }) : what
}

/** A sentence of the story: who stands out, and a person's words keep their own voice. */
export type Sentence = { before: string; who: string; after: string; words: string | null }

/** Stands for the name while the sentence is put together; no catalogue and no name contains it. */
const nameHere = '\u0001'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The person's name among colleagues; the organisation too when it is another one. */
function whoMade(t: TFunction, entry: EntryView, mine: readonly string[]): string {
  const { kind, person, organisation } = entry.by
  if (kind !== 'staff') return lifecycleWord(t, `by.${kind}`)
  if (!organisation || mine.includes(organisation))
    return person ?? organisation ?? lifecycleWord(t, 'by.staff')
  return t('story.whole', { organisation, person: person ?? '' })
}

/** The holder an entry names, as people say it. */
function holderOf(t: TFunction, entry: EntryView): string {
  const { holder } = entry.data as { holder?: { organisation?: string; person?: string } }
  const name = (id: string | undefined) => (id ? (entry.names[id] ?? '') : '')
  return t('story.whole', { organisation: name(holder?.organisation), person: name(holder?.person) })
}

function assisting(t: TFunction, entry: EntryView): string {
  const ids = Array.isArray(entry.data.assisting) ? entry.data.assisting : []
  const names = ids.map((id) => entry.names[String(id)]).filter(Boolean)
  return names.length > 0 ? t('story.assisting', { names: names.join(t('story.listComma')) }) : ''
}

/** RQ4: until when, due when, and who agreed to it. */
function takenBySecond(t: TFunction, { data, names, at }: EntryView): Record<string, string> {
  const { until, term, approved } = data as {
    until?: string
    term?: { dueAt?: string }
    approved?: { organisation?: string; person?: string }
  }
  const day = (of: string | undefined) => (of ? sayDate(t, of, at) : '')
  const name = (id: string | undefined) => (id ? (names[id] ?? '') : '')
  return {
    until: day(until),
    due: day(term?.dueAt),
    approved: t('story.whole', {
      organisation: name(approved?.organisation),
      person: name(approved?.person),
    }),
  }
}

/** Which of the sentences of the catalogue tells this entry. */
function storyKey(entry: EntryView): string {
  const { kind, data, by } = entry
  if (kind === 'submit' && by.kind === 'staff') return 'submit_for'
  if (kind === 'escalate' && by.kind === 'system') return 'escalate_system'
  if (kind === 'follow_up') return `follow_up_${text(data.outcome)}`
  if (by.kind === 'follower' && kind !== 'follow') return `${kind}_other`
  if (kind === 'reopen' && by.kind === 'staff') return 'reopen_staff'
  if (kind === 'close') return `close_${text(data.grounds)}`
  if (kind === 'ask') return 'ask_staff'
  if (kind === 'propose') return `propose_${text(data.what)}`
  if (kind === 'review') return data.agree ? 'review_agree' : 'review_refuse'
  if (kind === 'resume' && by.kind === 'system') return 'resume_clock'
  if (kind === 'remind') return data.part ? 'remind_part' : `remind_${text(data.share)}`
  if (kind === 'assign' && data.binding) return 'assign_binding'
  if (kind === 'decide' && data.demand) return 'decide_demand'
  if (kind === 'supervise' && data.clock === 'part') return 'supervise_part'
  if (kind === 'supervise' && data.clock === 'demand')
    return text(data.above) ? 'supervise_demand' : 'supervise_demand_alone'
  if (kind === 'supervise' && by.kind === 'system' && data.demand) return 'supervise_by_rule'
  if (kind === 'supervise')
    return by.kind === 'staff' ? 'supervise_staff' : text(data.above) ? 'supervise' : 'supervise_alone'
  return kind
}

/**
 * An entry as a whole sentence with a subject (rule 7).
 * @param mine names of the organisations I serve in; their people go by their own name
 */
export function sentence(
  t: TFunction,
  entry: EntryView,
  category: RequestView['category'],
  mine: readonly string[],
): Sentence {
  const { data } = entry
  const who = whoMade(t, entry, mine)
  const told = lifecycleWord(t, `story.${storyKey(entry)}`, {
    by: nameHere,
    holder: holderOf(t, entry),
    category: category?.name ?? text(data.category),
    reason: data.reason
      ? lifecycleWord(t, `${entry.kind === 'decline' ? 'reason' : 'ground'}.${text(data.reason)}`)
      : '',
    ...takenBySecond(t, entry),
    basis: data.basis ? lifecycleWord(t, `basis.${text(data.basis)}`) : '',
    instead: text(data.instead),
    satisfaction: data.satisfaction ? lifecycleWord(t, `satisfaction.${text(data.satisfaction)}`) : '',
    above: entry.names[text(data.above)] ?? text(data.above),
    demand: text(data.demand),
    who: t('story.whole', {
      organisation: entry.names[text(data.organisation)] ?? '',
      person: entry.names[text(data.person)] ?? '',
    }),
    share: data.share === 'most' ? '80%' : '50%',
    other: entry.names[text(data.into) || text(data.from)] ?? lifecycleWord(t, 'by.other'),
  })
  const [before = '', after] = told.split(nameHere)
  return {
    before,
    who: after === undefined ? '' : who,
    after: (after ?? '') + assisting(t, entry),
    words: entry.words,
  }
}
