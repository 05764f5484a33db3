import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import type { Channel } from './contract.ts'
import type { Audience } from './rules.ts'

/** SQL of the table message_template. Private to this folder. */

export type Place = { template: string; channel: Channel; audience: Audience; language: 'zh-CN' | 'en' }

export type TemplateRow = Place & {
  version: number
  validFrom: string
  /** Null: back to the product's words. */
  words: string | null
  subject: string | null
  setBy: string | null
  setAt: string
}

const columns = sql.raw(
  `template, channel, audience, language, version, valid_from as "validFrom", words, subject, set_by as "setBy", set_at as "setAt"`,
)

/** Every change the district ever made; there are as many as people type. */
export async function allTemplates(trx: Trx): Promise<TemplateRow[]> {
  const { rows } = await sql<TemplateRow>`
    select ${columns} from message_template where district_code = app.district()
    order by template, channel, audience, language, version limit 5000`.execute(trx)
  return rows
}

/** Adds to the history; nothing in it is written over. @returns false when somebody else was first with this version */
export async function addTemplate(trx: Trx, row: TemplateRow): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into message_template (district_code, template, channel, audience, language, version, valid_from, words, subject, set_by, set_at)
    values (app.district(), ${row.template}, ${row.channel}, ${row.audience}, ${row.language}, ${row.version}, ${row.validFrom},
      ${row.words}, ${row.subject}, ${row.setBy}, ${row.setAt})
    on conflict do nothing`.execute(trx)
  return numAffectedRows === 1n
}
