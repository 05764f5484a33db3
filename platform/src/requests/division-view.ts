import type { RequestView } from './view-contract.ts'
import type { Entry, Holder } from './entry.ts'
import { holderOfPart, isPartOverdue } from './parts.ts'
import type { Actor } from './rules.ts'
import { partSteps } from './splitting.ts'
import type { Standing } from './standing.ts'
import { supervisionSteps } from './supervising.ts'

/** What those who serve see beside the story: the parts of a request and the supervisions that stand, each with its next steps. */

type Around = {
  /** Entries that the viewer reads. */
  story: readonly Entry[]
  holderOf(holder: Holder): NonNullable<RequestView['holder']>
  nameOf(organisation: string): string | null
  actor: Actor
  path: string
  abilities: RequestView['abilities']
}

type Division = Pick<RequestView, 'parts' | 'supervisions'>

/** Organisations and people that parts and supervisions name. */
export function namedInDivision({ parts, supervisions, holder }: Standing): {
  organisations: string[]
  people: string[]
} {
  const holders = parts.flatMap((part) => holderOfPart(part, holder) ?? [])
  return {
    organisations: [
      ...holders.map(({ organisation }) => organisation),
      ...supervisions.flatMap(({ organisation }) => organisation ?? []),
    ],
    people: holders.flatMap(({ person }) => person ?? []),
  }
}

/** @param standing null for whoever sees one request and nothing of how it is worked on. */
export function divisionView(standing: Standing | null, around: Around): Division {
  if (!standing) return { parts: [], supervisions: [] }
  const { story, holderOf, nameOf, actor, path, abilities } = around
  return {
    parts: standing.parts.map((part) => {
      const held = holderOfPart(part, standing.holder)
      return {
        id: part.id,
        matter: matterOf(story, part.id),
        state: part.state,
        holder: held && holderOf(held),
        dueAt: part.term.dueAt,
        overdue: isPartOverdue(part),
        said: saidOf(story, part.id),
        abilities: partSteps(part, actor, abilities),
      }
    }),
    supervisions: standing.supervisions.map((one) => ({
      id: one.id,
      by: one.organisation && nameOf(one.organisation),
      demand: demandOf(story, one.id),
      dueAt: one.dueAt,
      repliedAt: one.repliedAt,
      late: one.late,
      abilities: supervisionSteps(one, actor, path, abilities),
    })),
  }
}

function matterOf(story: readonly Entry[], part: string): string | null {
  for (const { kind, data } of story) {
    const index = kind === 'split' ? data.parts.findIndex(({ id }) => id === part) : -1
    if (kind === 'split' && index >= 0) return data.matters[index] || null
  }
  return null
}

function saidOf(story: readonly Entry[], part: string): string | null {
  const last = story.findLast(
    ({ kind, data }) => (kind === 'part_answer' || kind === 'part_return') && data.part === part,
  )
  return last?.words ?? null
}

function demandOf(story: readonly Entry[], supervision: string): string | null {
  const began = story.find(({ id }) => id === supervision)
  return began && 'demand' in began.data ? (began.data.demand ?? null) : null
}
