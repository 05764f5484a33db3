import pg from 'pg'
import type { Keys } from '#kernel/keys.ts'
import { fill, type Language } from '#kernel/problem.ts'
import { type Anchor, type AnchorFault, readAnchors } from './anchor.ts'
import en from './messages/en.json' with { type: 'json' }
import zh from './messages/zh-CN.json' with { type: 'json' }

/** Recomputes the ledger and says what does not fit. The work is done inside the database, whole lanes at a time. */

const texts = { 'zh-CN': zh, en }

/** Something wrong at one place; lane and `seq` are 0 where the file of anchors is meant. `kind` names a text of messages/. */
export type Finding = {
  kind: 'missing' | 'changed' | 'head' | 'gone' | 'replaced' | AnchorFault
  district: string
  lane: number
  seq: number
  params: Record<string, string | number>
}
export type Verification = { entries: number; lanes: number; findings: Finding[] }

/** Runs one statement: on the owner's connection, or inside the caller's transaction. */
export type Ask = <Row>(text: string, values: unknown[]) => Promise<Row[]>

/** Findings of a kind worth showing: one cut lane can put thousands of entries out of place, and the first says it all. */
const mostFindings = 100

/**
 * Each entry against the stored one before it: a changed entry no longer fits its own hash; a changed entry with a new
 * hash no longer fits the next; a removed one leaves a gap; moved ones fit neither.
 */
const chainQuery = `
  with chain as (
    select e.district_code, e.lane, e.seq, e.hash,
      lag(e.seq) over lane as before_seq, lag(e.hash) over lane as before_hash, e as entry
    from audit_entry e
    where $1::text is null or e.district_code = $1
    window lane as (partition by e.district_code, e.lane order by e.seq)),
  judged as (
    select district_code as district, lane, seq, coalesce(before_seq, 0) as before_seq, seq - coalesce(before_seq, 0) - 1 as missing,
      hash = app.audit_hash(coalesce(before_hash, '\\x00'::bytea), entry) as fits
    from chain)
  select district, lane, seq, before_seq, missing from judged
  where missing <> 0 or not fits
  order by district, lane, seq limit ${mostFindings}`

const headQuery = `
  select coalesce(h.district_code, e.district_code) as district, coalesce(h.lane, e.lane) as lane,
    coalesce(h.seq, 0) as head, coalesce(e.seq, 0) as seq
  from (select * from audit_head where ($1::text is null or district_code = $1) and seq > 0) h
  full join (
    select distinct on (district_code, lane) district_code, lane, seq, hash from audit_entry
    where $1::text is null or district_code = $1
    order by district_code, lane, seq desc) e on e.district_code = h.district_code and e.lane = h.lane
  where h.seq is distinct from e.seq or h.hash is distinct from e.hash
  order by 1, 2`

const countQuery = `
  select count(*) as entries, count(distinct (district_code, lane)) as lanes from audit_entry
  where $1::text is null or district_code = $1`

const anchorQuery = `
  select a.district, a.lane, a.seq, max(a.at) as at, bool_or(e.seq is null) as missing
  from unnest($1::text[], $2::int[], $3::int8[], $4::text[], $5::text[]) as a (district, lane, seq, hash, at)
  left join audit_entry e on e.district_code = a.district and e.lane = a.lane and e.seq = a.seq
  where e.hash is null or encode(e.hash, 'hex') <> a.hash
  group by a.district, a.lane, a.seq
  order by a.district, a.lane, a.seq limit ${mostFindings}`

type ChainRow = { district: string; lane: number; seq: number; before_seq: number; missing: number }

/** @param district only this one; null for all, which takes a connection that row security does not bind */
export async function verifyLedger(
  ask: Ask,
  district: string | null,
  dataDir: string,
  keys: Keys,
): Promise<Verification> {
  // Read before the ledger, so that every anchor is older than the picture it is compared with.
  const { anchors, faults } = readAnchors(dataDir, keys)
  const [count] = await ask<{ entries: number; lanes: number }>(countQuery, [district])
  const chain = await ask<ChainRow>(chainQuery, [district])
  const heads = await ask<{ district: string; lane: number; head: number; seq: number }>(headQuery, [
    district,
  ])
  const own = anchors.filter((anchor) => district === null || anchor.district === district)
  return {
    entries: Number(count?.entries ?? 0),
    lanes: Number(count?.lanes ?? 0),
    findings: [
      ...chain.map(chainFinding),
      ...heads.map((row): Finding => ({
        kind: 'head',
        district: row.district,
        lane: row.lane,
        seq: Number(row.seq),
        params: { head: Number(row.head) },
      })),
      ...(await anchorFindings(ask, own)),
      ...faults.map(({ kind, line }): Finding => ({
        kind,
        district: district ?? '',
        lane: 0,
        seq: 0,
        params: { line },
      })),
    ],
  }
}

function chainFinding({ district, lane, seq, before_seq: before, missing }: ChainRow): Finding {
  const place = { district, lane, seq: Number(seq) }
  if (Number(missing) !== 0)
    return { ...place, kind: 'missing', params: { first: Number(before) + 1, last: Number(seq) - 1 } }
  return { ...place, kind: 'changed', params: {} }
}

async function anchorFindings(ask: Ask, anchors: readonly Anchor[]): Promise<Finding[]> {
  const found: Finding[] = []
  // A year of anchors is half a million lines; they go over in pieces.
  const rows = anchors.flatMap(({ at, district, heads }) => heads.map((head) => ({ at, district, ...head })))
  for (let start = 0; start < rows.length && found.length < mostFindings; start += 20_000) {
    const part = rows.slice(start, start + 20_000)
    const wrong = await ask<{ district: string; lane: number; seq: number; at: string; missing: boolean }>(
      anchorQuery,
      [
        part.map(({ district }) => district),
        part.map(({ lane }) => lane),
        part.map(({ seq }) => seq),
        part.map(({ hash }) => hash),
        part.map(({ at }) => at),
      ],
    )
    for (const { district, lane, seq, at, missing } of wrong) {
      found.push({ kind: missing ? 'gone' : 'replaced', district, lane, seq: Number(seq), params: { at } })
    }
  }
  return found
}

/** A finding in plain words. */
export function sentence({ kind, district, lane, seq, params }: Finding, language: Language): string {
  return fill(texts[language].findings[kind], { district, lane, seq, ...params })
}

/** As the owner of the database, over every district. */
export async function verifyAudit(options: {
  ownerUrl: string
  dataDir: string
  keys: Keys
}): Promise<{ ok: boolean; entries: number; findings: string[] }> {
  const client = new pg.Client({
    connectionString: options.ownerUrl,
    application_name: 'chuanmen audit verify',
  })
  client.on('error', () => {})
  await client.connect()
  try {
    // One picture of the ledger, however long it takes, while others go on writing.
    await client.query('begin isolation level repeatable read read only')
    const ask: Ask = async (text, values) => (await client.query(text, values)).rows
    const { entries, findings } = await verifyLedger(ask, null, options.dataDir, options.keys)
    await client.query('rollback')
    return {
      ok: findings.length === 0,
      entries,
      findings: findings.map((finding) => sentence(finding, 'en')),
    }
  } finally {
    await client.end()
  }
}
