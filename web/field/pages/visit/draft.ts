import type { EntryData } from '#web/api/field.ts'
import { newId } from '#web/api/ids.ts'
import { localTime } from '#web/ui/local-time.ts'
import { pointsIn } from '#platform/suggest/points.ts'
import type { QueuedFile } from '../../kept/entry.ts'

/** A visit while it is being written down. */

export type Need = {
  id: string
  words: string
  category?: string | undefined
  agreed: boolean
  guessed: boolean
}
export type VisitDraft = {
  outcome?: 'met' | 'not_at_home' | 'declined' | 'moved' | undefined
  how?: 'fine' | 'difficulty' | 'come_more_often' | undefined
  /** When to come again. */
  on?: string | undefined
  words: string
  opinion: string
  needs: Need[]
  /** Guesses that were taken away; they are not made again. */
  dropped: string[]
}

export const emptyVisit: VisitDraft = { words: '', opinion: '', needs: [], dropped: [] }

/** A draft again from what was sent and not taken, to be mended. */
export function draftOf(data: EntryData<'visit'>): VisitDraft {
  return {
    outcome: data.outcome,
    how: data.how,
    on: data.promise?.on,
    words: data.words ?? '',
    opinion: data.opinion ?? '',
    needs: (data.needs ?? []).map(({ id, words, category }) => ({
      id,
      words,
      category,
      agreed: true,
      guessed: false,
    })),
    dropped: [],
  }
}

const sentence = /[。！!？?；;\n]+/u
const fewest = 4
const most = 6

/**
 * What of the words may be something to report: wishes and questions, and where there is difficulty each sentence. Only a
 * guess: nothing is reported that the household did not agree to.
 */
export function heardIn(words: string, how: VisitDraft['how']): string[] {
  if (how !== 'difficulty') return pointsIn(words)
  return words
    .split(sentence)
    .map((one) => pointsIn(one)[0] ?? one.trim())
    .filter((one) => [...one].length >= fewest)
    .slice(0, most)
}

/** The needs with the guesses from the words: what was agreed to stays, other guesses follow the words. */
export function withGuesses(draft: VisitDraft): Need[] {
  const stays = draft.needs.filter((need) => need.agreed || !need.guessed)
  const taken = new Set([...stays.map(({ words }) => words), ...draft.dropped])
  const guesses = heardIn(draft.words, draft.how)
    .filter((words) => !taken.has(words))
    .map(
      (words) =>
        draft.needs.find((need) => need.words === words) ?? {
          id: newId(),
          words,
          agreed: false,
          guessed: true,
        },
    )
  return [...stays, ...guesses]
}

/** The Wednesday and the Friday of next week, as local days. */
export function nextDays(now: string): { wednesday: string; friday: string } {
  const { serial, weekday } = localTime(now)
  const day = (ahead: number) =>
    new Date((serial - weekday + 7 + ahead) * 86_400_000).toISOString().slice(0, 10)
  return { wednesday: day(3), friday: day(5) }
}

export function today(now: string): string {
  return new Date(localTime(now).serial * 86_400_000).toISOString().slice(0, 10)
}

/** What is sent. */
export function visitData(
  household: string,
  draft: VisitDraft,
  files: readonly QueuedFile[],
): EntryData<'visit'> {
  const { outcome = 'met', how, on, words, opinion } = draft
  const met = outcome === 'met'
  return {
    household,
    outcome,
    ...(met && how && { how }),
    ...(words.trim() && { words: words.trim() }),
    needs: met
      ? draft.needs
          .filter((need) => need.agreed)
          .map((need) => ({
            id: need.id,
            words: need.words.trim(),
            ...(need.category && { category: need.category }),
          }))
      : [],
    ...(met && opinion.trim() && { opinion: opinion.trim() }),
    ...(on && outcome !== 'moved' && { promise: { id: newId(), on } }),
    files: files.map(({ id }) => id),
  }
}
