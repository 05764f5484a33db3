import type { TFunction } from 'i18next'
import type { WhistleSummary, WhistleView } from '#whistle/contract.ts'
import type { Tone } from '#web/ui/tag.tsx'
import { shortLeft } from '../../time.ts'

/** Words for whistles: how one stands, and what happened as whole sentences. */

type Entry = WhistleView['entries'][number]

const over = new Set<WhistleSummary['state']>(['rated', 'unrated', 'sent_back', 'lapsed'])

/** How it stands against its clock, in a word: late by, due at, days left, or how it ended. */
export function dueTag(
  t: TFunction,
  whistle: WhistleSummary,
  now: string,
): { tone: Tone; said: string } | null {
  if (over.has(whistle.state))
    return { tone: whistle.state === 'rated' ? 'done' : 'none', said: t(`whistle.state.${whistle.state}`) }
  return whistle.dueAt ? shortLeft(t, whistle.dueAt, now) : null
}

/** A department objects, and the town has to decide: its turn, while departments are at work. */
export function isObjectedTo({ state, turn, town, parts }: WhistleSummary): boolean {
  const lead = parts.find(({ role, outcome }) => role === 'lead' && outcome !== 'released')
  const isUnderWay = state === 'blown' || state === 'handling'
  return isUnderWay && turn?.id === town.id && lead?.organisation.id !== town.id
}

/** The line under the title: which step, and who is waited for. */
export function standsLine(t: TFunction, whistle: WhistleSummary): string {
  if (over.has(whistle.state)) return t('whistle.line.over', { blower: whistle.blower.name })
  if (isObjectedTo(whistle))
    return t('whistle.line.objection', { step: whistle.step, name: whistle.town.name })
  const missing = whistle.parts.filter(({ outcome }) => outcome === 'waiting' || outcome === 'late')
  const names =
    whistle.state === 'blown' && missing.length > 0
      ? missing.map(({ organisation }) => organisation.name).join(t('story.listComma'))
      : (whistle.turn?.name ?? '')
  return t(`whistle.line.${whistle.state}`, { step: whistle.step, name: names })
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Which of the sentences of the catalogue tells this entry. */
function keyOf({ kind, data, by }: Entry): string {
  if (kind === 'done' && !by.person) return 'done_answered'
  if (kind === 'lapse') return `lapse_${text(data.reason)}`
  if (kind === 'release' && data.instead) return 'release_instead'
  if (kind === 'supervise') return data.clock === 'judge' ? 'supervise_judge' : 'supervise_report'
  return kind
}

/** Stands for the name while the sentence is put together; no catalogue and no name contains it. */
const nameHere = '\u0001'

/** An entry as a whole sentence with a subject (rule 7): what stands before the name, the name, and after it. */
export function sentence(t: TFunction, entry: Entry): { before: string; who: string; after: string } {
  const { data, names, by } = entry
  const name = (id: unknown) => names[text(id)] ?? ''
  const listed = (list: unknown, role: string) =>
    (Array.isArray(list) ? (list as { organisation: string; role: string }[]) : [])
      .filter((one) => one.role === role)
      .map((one) => name(one.organisation))
      .join(t('story.listComma'))
  const assisting = listed(data.parts, 'assist')
  const instead = data.instead as { organisation?: string } | undefined
  const who = t('story.whole', { organisation: by.organisation ?? '', person: by.person ?? '' })
  const told = t(`whistle.story.${keyOf(entry)}`, {
    by: nameHere,
    lead: listed(data.parts, 'lead'),
    assisting: assisting && t('story.assisting', { names: assisting }),
    department: name(data.organisation),
    person: name(data.person),
    instead: name(instead?.organisation),
    basis: data.basis ? t(`whistle.basis.${text(data.basis)}`) : '',
    town: name(data.town),
  })
  const [before = '', after] = told.split(nameHere)
  return { before, who: after === undefined ? '' : who, after: after ?? '' }
}
