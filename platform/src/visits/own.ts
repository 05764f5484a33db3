import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import type { Language } from '#kernel/problem.ts'
import en from './messages/en.json' with { type: 'json' }
import zh from './messages/zh-CN.json' with { type: 'json' }

/** Boundary 5: visits to the homes of a proven phone, in plain words, as a part of the resident's own copy (VI9). */

const texts = { 'zh-CN': zh, en }

export type OwnPart = { title: string; rows: { what: string; value: string }[] }

type Line = {
  onDay: string
  visitor: string
  outcome: keyof typeof zh.outcome
  how: keyof typeof zh.how | null
  words: string | null
  opinion: string | null
  answer: 'yes' | 'no' | null
}

/** One part for each visit; none for somebody whose number no household of the register has. */
export async function visitsToResident(trx: Trx, reporter: string, language: Language): Promise<OwnPart[]> {
  const { rows } = await sql<Line>`
    select on_day::text as "onDay", visitor_name as visitor, outcome, how, words, opinion, answer
    from app.visits_to(${reporter})`.execute(trx)
  const t = texts[language]
  return rows.map((line) => ({
    title: t.title.replace('{day}', line.onDay),
    rows: [
      { what: t.visitor, value: line.visitor },
      { what: t.outcomeIs, value: t.outcome[line.outcome] },
      ...(line.how ? [{ what: t.howIs, value: t.how[line.how] }] : []),
      ...(line.words ? [{ what: t.words, value: line.words }] : []),
      ...(line.opinion ? [{ what: t.opinion, value: line.opinion }] : []),
      ...(line.answer ? [{ what: t.answerIs, value: t.answer[line.answer] }] : []),
    ],
  }))
}
