import type { ItemView, MeetingView } from '../contract.ts'
import official from '../data/official.json' with { type: 'json' }
import type { Block, Paper } from './official.ts'
import { dateWords, dayWords, filled, inside, listed, momentWords, numberWords } from './words.ts'

/** The minutes of a meeting (10.3): what became of the last one's decisions, what was decided now, who was there. */

const { minutes } = official

/** What a paper knows beside the meeting. */
export type Printing = { author: string; now: string }

function fateWords(item: ItemView, heldAt: string): string {
  const { decision, fate, supervisedAt, endedAt } = item
  const due = decision?.dueAt ? dayWords(decision.dueAt) : ''
  const values = {
    lead: decision?.lead?.name ?? '',
    due,
    ended: endedAt === null ? '' : dayWords(endedAt),
    heldAt,
  }
  const key = fate === 'late' && supervisedAt === null ? 'lateUnsupervised' : fate
  return filled(minutes.fate[key], values)
}

function decisionWords(item: ItemView, place: string): string[] {
  const { decision, fate } = item
  if (!decision) return [minutes.undecided]
  const values = {
    lead: decision.lead?.name ?? '',
    assisting: listed(decision.assisting.map(({ name }) => name)),
    demand: inside(decision.demand),
    due: decision.dueAt === null ? '' : dayWords(decision.dueAt),
    category: decision.category?.name ?? '',
    path: place,
  }
  switch (decision.outcome) {
    case 'task':
      return [
        filled(decision.assisting.length > 0 ? minutes.taskWith : minutes.task, values),
        ...(decision.precedent && decision.category ? [filled(minutes.also, values)] : []),
        ...(fate === 'moved_on' ? [minutes.moved_on] : []),
      ]
    case 'precedent':
      return [filled(minutes.precedent, { ...values, demand: `${values.demand}${official.stop}` })]
    case 'next_time':
      return decision.demand === ''
        ? [minutes.next_time]
        : [filled(minutes.next_timeWith, { ...values, demand: `${values.demand}${official.stop}` })]
  }
}

/** Why it came up, in one sentence; nothing where the secretary chose it without the rule. */
function reasonWords({ reasons }: Pick<ItemView, 'reasons'>): string {
  if (reasons.length === 0) return ''
  const said = reasons.map(({ kind, count }) => filled(minutes.reason[kind], { count: count ?? '' }))
  return filled(minutes.reasons, { reasons: listed(said) })
}

function background({ paper, words, reasons }: ItemView): string {
  const about = paper
    ? filled(minutes.request, {
        code: paper.code,
        place: paper.place,
        submitted: dateWords(paper.submittedAt),
      })
    : words && `${inside(words)}${official.stop}`
  return about + reasonWords({ reasons })
}

function people(meeting: MeetingView): Block[] {
  const of = (label: string, chosen: MeetingView['members']): Block[] =>
    chosen.length === 0
      ? []
      : [
          {
            kind: 'people',
            label,
            text: chosen
              .map(({ organisation, person, post }) =>
                filled(person === null ? minutes.memberUnnamed : minutes.member, {
                  organisation: organisation.name,
                  person: person ?? '',
                  post,
                }),
              )
              .join(minutes.apart),
          },
        ]
  const standing = meeting.members.filter(({ kind }) => kind === 'standing')
  const came = (attendance: string) => standing.filter((one) => one.attendance === attendance)
  const invited = meeting.members.filter((one) => one.kind === 'invited' && one.attendance === 'here')
  const blocks = [
    ...of(minutes.here, came('here')),
    ...of(minutes.excused, came('excused')),
    ...of(minutes.absent, came('absent')),
    ...of(minutes.invited, invited),
  ]
  return blocks.length > 0 ? [{ kind: 'text', text: '' }, ...blocks] : []
}

/** @param meeting as it may be read on paper: what lies in confidence is withheld in it (RQ10). */
export function minutesOf(meeting: MeetingView, place: string, { author, now }: Printing): Paper {
  const { joint, before, items, organisation } = meeting
  const heldAt = meeting.heldAt ?? meeting.at
  const [year, number] = [meeting.year ?? 0, meeting.number ?? 0]
  const values = {
    moment: momentWords(meeting.at),
    name: joint.name,
    place: meeting.place,
    year,
    number,
    chair: meeting.chair,
    items: items.length,
  }
  return {
    mark: filled(minutes.head, { name: joint.name }),
    number: numberWords(meeting.mark, year, number),
    title: filled(minutes.title, { year, number }),
    blocks: [
      { kind: 'text', text: filled(before ? minutes.opening : minutes.openingFirst, values) },
      ...(before
        ? [
            { kind: 'first' as const, text: minutes.before },
            ...(before.items.length === 0 ? [{ kind: 'text' as const, text: minutes.none }] : []),
            ...before.items.flatMap((item): Block[] => [
              { kind: 'second', text: item.title },
              { kind: 'text', text: fateWords(item, heldAt) },
            ]),
          ]
        : []),
      { kind: 'first', text: minutes.decided },
      ...items.flatMap((item): Block[] => {
        const about = background(item)
        return [
          { kind: 'second', text: item.title },
          ...(about === '' ? [] : [{ kind: 'text' as const, text: about }]),
          ...decisionWords(item, place).map((text): Block => ({ kind: 'text', text })),
        ]
      }),
      { kind: 'text', text: filled(minutes.supervise, { organisation: organisation.name }) },
      ...people(meeting),
    ],
    closing: {
      copy: filled(official.copy, { names: listed(meeting.members.map((one) => one.organisation.name)) }),
      printedBy: organisation.name,
      printedOn: filled(official.issued, { date: dateWords(now) }),
    },
    author,
  }
}
