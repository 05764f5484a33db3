import pg from 'pg'

/**
 * Fills a demo district with requests of many years, set-based: copies of the year that the demo lived through by the
 * rules, each moved to another time within ten years. The copies are settled ones, except that for up to forty of them
 * what is open stays open, so that desks have work. Hashes are those of the models: a bench, not a ledger.
 */

const years = 10
const mostOpenCopies = 40

type Column = { name: string; type: string }

/** What names a request but is a thing of its own: a whistle, a meeting, a file does not come again with every copy. */
const apart = ['attachment', 'mediation', 'meeting_item', 'offer', 'precedent', 'whistle_request']
/** What only a request that is open has. */
const ofOpen = new Set(['dispatch_step', 'request_part'])

/** Tables that hang on a request by `request_id`, and the columns of time in any of them. */
const dependent = `
  select c.table_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
  where c.table_schema = 'public' and c.column_name = 'request_id' and t.table_type = 'BASE TABLE' and c.table_name <> all ($1)
  order by 1`
const timeColumns = new Set([
  'at',
  'since',
  'submitted_at',
  'last_entry_at',
  'created_at',
  'sent_at',
  'read_at',
])

/** What a copy says instead of its model, in the columns of `service_request` that a settled request has empty. */
const settled: Record<string, string> = {
  state: `'closed'`,
  holder_organisation_id: 'null',
  holder_person_id: 'null',
  due_at: 'null',
  next_alarm_at: 'null',
  overdue: 'false',
  standing: `t.standing || '{"state":"closed","holder":null,"term":null}'::jsonb`,
}

/** What a copy is found by: as its model, but on its own day, and settled where it is. */
const foundBy = `array_to_tsvector(
  array(select case when lexeme = 's:open' and not c.final and c.copy > ${mostOpenCopies} then 's:closed' else lexeme end
    from unnest(t.lexemes) where left(lexeme, 2) not in ('d:', 'm:'))
  || array[
    'd:' || t.district_code || '@' || to_char((t.at + c.shift) at time zone 'Asia/Shanghai', 'YYYY-MM-DD'),
    'm:' || t.district_code || '@' || to_char((t.at + c.shift) at time zone 'Asia/Shanghai', 'YYYY-MM')])`

/**
 * Grows the district to `total` requests. What is there already counts; nothing is ever removed.
 *
 * @param ownerUrl of the role that owns the tables and may switch off triggers.
 */
export async function grow(
  ownerUrl: string,
  total: number,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    // Foreign keys of copies hold as those of their models do.
    await client.query(
      `set session_replication_role = replica; set synchronous_commit = off; set maintenance_work_mem = '1GB'; set work_mem = '256MB'`,
    )
    await client.query(`
      create table if not exists bench_model as
        select district_code, id, submitted_at, holder_organisation_id is null as final, row_number() over (order by submitted_at, id)::integer as n
        from service_request;
      alter table bench_model drop constraint if exists bench_model_pkey, add primary key (district_code, id);
      analyze bench_model;`)
    const { models, there } = (
      await client.query<{ models: number; there: number }>(
        `select (select count(*)::int from bench_model) as models, (select count(*)::int from service_request) as there`,
      )
    ).rows[0]!
    const from = Math.round(there / models)
    const until = Math.ceil(total / models)
    const tables = [
      'service_request',
      ...(await client.query<{ name: string }>(dependent, [apart])).rows.map(({ name }) => name),
    ]
    const indexes = until - from > 5 ? await dropIndexes(client, tables) : []
    const perStep = 10
    for (let copy = from; copy < until; copy += perStep) {
      for (const table of tables)
        await client.query(
          await copying(client, table, models, { from: copy, until: Math.min(copy + perStep, until) }),
        )
      onProgress(Math.min((copy + perStep) * models, total), total)
    }
    for (const definition of indexes) await client.query(definition)
    await client.query(`analyze ${tables.join(', ')}`)
    await client.query('vacuum (analyze) ' + tables.join(', '))
    await client.query('checkpoint')
  } finally {
    await client.end()
  }
}

/** Secondary indexes are faster made anew than kept. @returns how to make them. */
async function dropIndexes(client: pg.Client, tables: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select c.oid::regclass::text as name, pg_get_indexdef(c.oid) as definition
     from pg_index i join pg_class c on c.oid = i.indexrelid
     where i.indrelid = any ($1::regclass[]) and not i.indisunique`,
    [tables],
  )
  for (const { name } of rows) await client.query(`drop index ${name}`)
  return rows.map(({ definition }) => definition)
}

async function copying(
  client: pg.Client,
  table: string,
  models: number,
  { from, until }: { from: number; until: number },
): Promise<string> {
  const { rows: columns } = await client.query<Column>(
    `select column_name as name, data_type as type from information_schema.columns
     where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' order by ordinal_position`,
    [table],
  )
  const isRequest = table === 'service_request'
  const valueOf = ({ name, type }: Column): string => {
    if (name === (isRequest ? 'id' : 'request_id')) return 'c.id'
    // Ids of what hangs on a request: the copy's number in front of the rest of the model's.
    if ((name === 'id' || name === 'entry_id') && type === 'uuid')
      return `(lpad(to_hex(c.copy), 8, '0') || substr(t.${name}::text, 9))::uuid`
    if (isRequest && name === 'code')
      return `'GY-' || to_char((t.submitted_at + c.shift) at time zone 'Asia/Shanghai', 'YYMM') || '-' || lpad(((c.copy * ${models} + c.n) % 1000000)::text, 6, '0')`
    if (timeColumns.has(name)) return `t.${name} + c.shift`
    if (name === 'lexemes') return foundBy
    if (isRequest && name in settled)
      return `case when c.final or c.copy <= ${mostOpenCopies} then t.${name} else ${settled[name]} end`
    return `t.${name}`
  }
  const step = `make_interval(secs => ${years} * 365.25 * 86400 * c.copy / 250)`
  const span = `make_interval(days => ${years * 365})`
  return `
    with copies as (
      select m.district_code, m.id as model, m.n, m.final, c.copy,
        case when not m.final and c.copy <= ${mostOpenCopies} then interval '0'
          else -(${step} - case when now() - m.submitted_at + ${step} > ${span} then ${span} else interval '0' end) end as shift,
        m.submitted_at
      from bench_model m cross join generate_series(${from}, ${until - 1}) as c (copy)),
    c as (
      select copies.*, (overlay(lpad(to_hex((extract(epoch from submitted_at + shift) * 1000)::bigint), 12, '0') placing '-' from 9 for 0)
        || substr(model::text, 14, 11) || lpad(to_hex(copy), 4, '0') || substr(model::text, 29))::uuid as id
      from copies)
    insert into ${table} (${columns.map(({ name }) => name).join(', ')})
    select ${columns.map(valueOf).join(', ')}
    from c join ${table} t on t.district_code = c.district_code and t.${isRequest ? 'id' : 'request_id'} = c.model
    ${ofOpen.has(table) ? `where not c.final and c.copy <= ${mostOpenCopies}` : ''}`
}
