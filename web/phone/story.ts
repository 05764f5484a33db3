import type { TFunction } from 'i18next'
import type { EntryView, Holder, RequestSummary } from '#web/api/requests.ts'
import { sayDate } from '#web/ui/say-time.ts'

/** The texts of the lifecycle, which the server uses too; their placeholders have single braces. */
export function say(t: TFunction, key: string, params: Record<string, string> = {}): string {
  return t(key, {
    ns: 'requests',
    ...params,
    interpolation: { prefix: '{', suffix: '}', escapeValue: false },
  })
}

/** The organisation, and the person in it when one is named. */
export function holderName(t: TFunction, holder: Holder): string {
  if (!holder.person) return holder.organisation.name
  return t('holder', { organisation: holder.organisation.name, person: holder.person.name })
}

type Stands = Pick<RequestSummary, 'state' | 'holder' | 'satisfaction'> & {
  asked?: boolean
  lastEntry: Pick<RequestSummary['lastEntry'], 'kind'>
}

/** How it stands, in one sentence with a subject. */
export function standing(t: TFunction, request: Stands): string {
  const { state, satisfaction } = request
  if (request.asked) return t('request.asked', { holder: request.holder?.organisation.name ?? '' })
  // "Solved" closes it and counts as content; that it was said to be content would be more than was said.
  if (state === 'closed' && satisfaction === 'satisfied' && request.lastEntry.kind === 'confirm')
    return t('closed.confirmed')
  if (state === 'closed' && satisfaction) return t(`closed.${satisfaction}`)
  return say(t, `sentence.${state}`, { holder: request.holder?.organisation.name ?? '' })
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** An organisation with its person as they stand inside a sentence: 和顺物业蔺守成. */
function named(
  t: TFunction,
  { names }: EntryView,
  of: { organisation?: string; person?: string } = {},
): string {
  const [organisation, person] = [of.organisation, of.person].map((id) => (id ? (names[id] ?? '') : ''))
  return organisation && person ? t('of_theirs', { organisation, person }) : organisation || person || ''
}

function keyOf(entry: EntryView): string {
  const mine = entry.by.kind === 'reporter'
  if (entry.by.kind === 'follower' && entry.kind !== 'follow') return `${entry.kind}_other`
  switch (entry.kind) {
    case 'submit':
      return mine ? 'submit_you' : 'submit_for'
    case 'propose':
      return `propose_${text(entry.data['what'])}`
    case 'review':
      return entry.data['agree'] ? 'review_agree' : 'review_refuse'
    case 'resume':
      return entry.by.kind === 'system' ? 'resume_clock' : 'resume'
    case 'follow':
    case 'note':
    case 'appeal':
    case 'confirm':
    case 'rate':
    case 'withdraw':
      return mine ? `${entry.kind}_you` : entry.kind
    case 'reopen':
      return mine ? 'reopen_you' : 'reopen_staff'
    case 'escalate':
      return entry.by.kind === 'system' ? 'escalate_system' : 'escalate'
    case 'follow_up':
      return `follow_up_${text(entry.data['outcome'])}`
    case 'close':
      return `close_${text(entry.data['grounds'])}`
    case 'remind':
      return `remind_${text(entry.data['share'])}`
    // RQ18: that departments were called together, in plain words.
    case 'whistle':
    case 'blow':
    case 'join':
    case 'report_in':
    case 'send_back':
      return `${entry.kind}_plain`
    case 'assign':
      return entry.data['binding'] ? 'assign_binding' : 'assign'
    case 'supervise':
      if (entry.by.kind === 'staff') return 'supervise_staff'
      if (entry.data['demand']) return 'supervise_by_rule'
      return entry.data['above'] ? 'supervise' : 'supervise_alone'
    default:
      return entry.kind
  }
}

/** Who helps whoever leads, behind the sentence; nothing where nobody does. */
function helpersOf(t: TFunction, { kind, data, names }: EntryView): string {
  const ids = kind === 'blow' && Array.isArray(data['assisting']) ? data['assisting'] : []
  const helpers = ids.flatMap((id) => names[String(id)] ?? [])
  return helpers.length > 0 ? t('request.helped', { names: helpers.join(t('list_comma')) }) : ''
}

/** RQ4: until when, due when, and who agreed to it. */
function takenBySecond(t: TFunction, entry: EntryView): Record<string, string> {
  const { data, at } = entry
  const { until, term, approved } = data as {
    until?: string
    term?: { dueAt?: string }
    approved?: { organisation?: string; person?: string }
  }
  const day = (of: string | undefined) => (of ? sayDate(t, of, at) : '')
  return {
    until: day(until),
    due: day(term?.dueAt),
    approved: named(t, entry, approved),
  }
}

/**
 * One entry as the resident reads it: a whole sentence with a subject, and the person's own words apart, because they
 * are set in another voice.
 */
export function sentence(
  t: TFunction,
  entry: EntryView,
  category: string,
): { says: string; words: string | null } {
  const { data } = entry
  const by = entry.by.organisation ?? entry.by.person ?? say(t, `by.${entry.by.kind}`)
  const above = text(data['above'])
  const says = say(t, `story.${keyOf(entry)}`, {
    by,
    holder: named(t, entry, data['holder'] as { organisation?: string; person?: string } | undefined),
    above: entry.names[above] ?? above,
    category,
    reason: data['reason']
      ? say(t, `${entry.kind === 'decline' ? 'reason' : 'ground'}.${text(data['reason'])}`)
      : '',
    ...takenBySecond(t, entry),
    basis: data['basis'] ? say(t, `basis.${text(data['basis'])}`) : '',
    satisfaction: data['satisfaction'] ? say(t, `satisfaction.${text(data['satisfaction'])}`) : '',
    instead: text(data['instead']),
    demand: text(data['demand']),
    helpers: helpersOf(t, entry),
    who: named(t, entry, data as { organisation?: string; person?: string }),
    other: entry.names[text(data['into']) || text(data['from'])] ?? say(t, 'by.other'),
  })
  return { says, words: entry.words || null }
}
