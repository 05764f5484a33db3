import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'

/** Everything that is stored, as bytes, and the ways in which a text can stand in them: to prove that something stands nowhere. */

/** As it is, escaped, in hexadecimal, in base64 at any offset, as pairs; each with its name. */
export function spellings(text: string): [string, Buffer][] {
  const bytes = Buffer.from(text)
  const escaped = [...text].map((one) => `\\u${one.codePointAt(0)!.toString(16).padStart(4, '0')}`).join('')
  const shifted = [0, 1, 2].map((shift) => {
    const coded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
    // What depends on the neighbours is left out.
    return coded.slice(shift === 0 ? 0 : shift + 1, -4).replaceAll('=', '')
  })
  const pairs = [...text].slice(1).map((second, at) => [...text][at] + second)
  return [
    ['as it is', bytes],
    ['escaped', Buffer.from(escaped)],
    ['in hex', Buffer.from(bytes.toString('hex'))],
    ...shifted.map((coded): [string, Buffer] => ['in base64', Buffer.from(coded)]),
    ...(/^\p{Script=Han}/u.test(text)
      ? pairs.map((pair): [string, Buffer] => ['as a pair', Buffer.from(pair)])
      : []),
  ]
}

/** Every row of every table of every schema, as COPY writes it. */
export async function everyRow(ownerUrl: string): Promise<Buffer> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const { rows } = await client.query<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'm') and n.nspname !~ '^(pg_|information_schema)'`)
  if (!rows.some(({ name }) => name === 'graphile_worker._private_jobs'))
    throw new Error('the queue is not among the tables')
  const parts: Buffer[] = []
  for (const { name } of rows) {
    for await (const chunk of client.query(copyTo(`copy (select * from ${name}) to stdout`)))
      parts.push(chunk as Buffer)
  }
  await client.end()
  return Buffer.concat(parts)
}

/** Every byte under a folder, names included. */
export function everyByte(folder: string): Buffer {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((name) => statSync(name).isFile())
  return Buffer.concat(files.flatMap((name) => [Buffer.from(`${name}\n`), readFileSync(name)]))
}
