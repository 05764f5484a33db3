import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'

/** SQL of the tables suggestion_model and suggestion_offer. Private to this folder. */

export type Kind = 'category' | 'urgency'

export type ModelRow = {
  kind: Kind
  version: number
  trained_at: string
  terms: string[]
  labels: string[]
  rarity: Buffer
  unknown_rarity: number
  weights: Buffer
  offsets: Buffer
  sharpness: number
  threshold: number | null
  texts: number
  figures: unknown
}

/** Version of the district's newest models; 0 while there are none. */
export async function newestVersion(trx: Trx): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    select version from suggestion_model where district_code = app.district() and kind = 'category'
    order by version desc limit 1`.execute(trx)
  return rows[0]?.version ?? 0
}

export async function modelsOf(trx: Trx, version: number): Promise<ModelRow[]> {
  const { rows } = await sql<ModelRow>`
    select kind, version, trained_at, terms, labels, rarity, unknown_rarity, weights, offsets, sharpness, threshold, texts, figures
    from suggestion_model where district_code = app.district() and version = ${version}`.execute(trx)
  return rows
}

export type Measured = {
  kind: Kind
  version: number
  trained_at: string
  texts: number
  figures: unknown
}

/** What is known about models of a version, without their weights. */
export async function measuresOf(trx: Trx, version: number): Promise<Measured[]> {
  const { rows } = await sql<Measured>`
    select kind, version, trained_at, texts, figures from suggestion_model
    where district_code = app.district() and version = ${version}`.execute(trx)
  return rows
}

/** Adds a model unless another worker made this version at the same time. */
export async function addModel(trx: Trx, model: ModelRow): Promise<void> {
  await sql`
    insert into suggestion_model (district_code, kind, version, trained_at, terms, labels, rarity, unknown_rarity, weights, offsets,
      sharpness, threshold, texts, figures)
    values (app.district(), ${model.kind}, ${model.version}, ${model.trained_at}, ${sql.val(model.terms)}::text[],
      ${sql.val(model.labels)}::text[], ${model.rarity}, ${model.unknown_rarity}, ${model.weights}, ${model.offsets},
      ${model.sharpness}, ${model.threshold}, ${model.texts}, ${JSON.stringify(model.figures)}::jsonb)
    on conflict (district_code, kind, version) do nothing`.execute(trx)
}

/** Removes models before a version. */
export async function removeModelsBefore(trx: Trx, version: number): Promise<void> {
  await sql`delete from suggestion_model where district_code = app.district() and version < ${version}`.execute(
    trx,
  )
}

export type Offer = {
  request: string
  path: string
  version: number
  at: string
  category: string | null
  categorySure: boolean
  urgency: string
  urgencySure: boolean
  handler: string | null
}

/** Keeps what an officer is shown; what was shown last before the decision counts. */
export async function offered(trx: Trx, offer: Offer): Promise<void> {
  await sql`
    insert into suggestion_offer as o (district_code, request_id, path, model_version, offered_at, category_code, category_sure,
      urgency, urgency_sure, handler_id)
    values (app.district(), ${offer.request}, ${offer.path}, ${offer.version}, ${offer.at}, ${offer.category}, ${offer.categorySure},
      ${offer.urgency}, ${offer.urgencySure}, ${offer.handler})
    on conflict (district_code, request_id) do update set model_version = excluded.model_version, offered_at = excluded.offered_at,
      category_code = case when o.chosen_category is null then excluded.category_code else o.category_code end,
      category_sure = case when o.chosen_category is null then excluded.category_sure else o.category_sure end,
      urgency = case when o.chosen_urgency is null then excluded.urgency else o.urgency end,
      urgency_sure = case when o.chosen_urgency is null then excluded.urgency_sure else o.urgency_sure end,
      handler_id = case when o.chosen_handler_id is null then excluded.handler_id else o.handler_id end`.execute(
    trx,
  )
}

/** What was decided about a request; the first decision counts. */
export type Chosen = { category?: string; urgency?: string; handler?: string }

export async function chosen(trx: Trx, request: string, choice: Chosen): Promise<void> {
  await sql`
    update suggestion_offer set chosen_category = coalesce(chosen_category, ${choice.category ?? null}),
      chosen_urgency = coalesce(chosen_urgency, ${choice.urgency ?? null}),
      chosen_handler_id = coalesce(chosen_handler_id, ${choice.handler ?? null}::uuid)
    where district_code = app.district() and request_id = ${request}`.execute(trx)
}

/** How often a sure suggestion was decided upon, and followed, since an instant. */
export async function followedSince(
  trx: Trx,
  since: string,
): Promise<Record<'category' | 'urgency' | 'handler', { offered: number; followed: number }>> {
  const { rows } = await sql<Record<string, number>>`
    select (count(*) filter (where category_sure and chosen_category is not null))::int as category,
      (count(*) filter (where category_sure and chosen_category = category_code))::int as category_followed,
      (count(*) filter (where urgency_sure and chosen_urgency is not null))::int as urgency,
      (count(*) filter (where urgency_sure and chosen_urgency = urgency))::int as urgency_followed,
      (count(*) filter (where handler_id is not null and chosen_handler_id is not null))::int as handler,
      (count(*) filter (where chosen_handler_id = handler_id))::int as handler_followed
    from suggestion_offer where district_code = app.district() and offered_at >= ${since}`.execute(trx)
  const row = rows[0]!
  const of = (what: string) => ({ offered: row[what] ?? 0, followed: row[`${what}_followed`] ?? 0 })
  return { category: of('category'), urgency: of('urgency'), handler: of('handler') }
}

/** Removes what was shown and never decided upon, such as for a form that was never sent. */
export async function removeIdle(trx: Trx, before: string): Promise<void> {
  await sql`
    delete from suggestion_offer where district_code = app.district() and offered_at < ${before}
      and chosen_category is null and chosen_handler_id is null`.execute(trx)
}
