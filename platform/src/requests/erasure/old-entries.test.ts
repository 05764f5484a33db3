import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sha256 } from '#kernel/canonical.ts'
import type { TestServer } from '#tests/server.ts'
import { accept, asOwner, entered, said, startDistrict, whole } from '#tests/story.ts'
import { brokenAt, genesis, linkHash } from '../chain.ts'
import { story } from '../store.ts'

/** RQ2 RQ15: stories from before texts stood beside the chain are brought into the form that can be erased. */

let server: TestServer
let staff: Awaited<ReturnType<typeof startDistrict>>['staff']
beforeAll(async () => {
  ;({ server, staff } = await startDistrict())
})
afterAll(() => server.close())

const migration = readFileSync(new URL('../../../migrations/0019_erasure.sql', import.meta.url), 'utf8')
const conversion = /-- <old entries>\n(.*)-- <\/old entries>/s.exec(migration)![1]!

test('an old story keeps its words, its chain is whole, and its texts can be erased', async () => {
  const { id } = await said(server, { words: '灯坏了“老是闪”\n\t第二行' })
  const points = ['换灯 "泡"', '修开关\\']
  await entered(server, staff.community_desk, id, { ...accept, points } as typeof accept)
  await entered(server, staff.community_desk, id, { kind: 'supervise', demand: '今天办完' })
  await entered(server, staff.community_desk, id, { kind: 'note', words: '看过' })
  const read = () => server.database.within(whole, (trx) => story(trx, id))

  // As it was written then: points and demand among the facts, the hash over them.
  let before: Buffer = genesis
  for (const { seq, entry, sealed } of await read()) {
    const digest = entry.words === null ? null : sha256(sealed.salt!, entry.words)
    const data = entry.data as Record<string, unknown>
    before = linkHash(before, id, seq, entry, { data, digest })
    await asOwner(
      server,
      `update request_entry set texts = null, words_digest = $3, words_salt = case when $3::bytea is null then null else words_salt end,
        data = $4, hash = $5 where request_id = $1 and seq = $2`,
      [id, seq, digest, JSON.stringify(data), before],
    )
  }
  const old = await read()
  expect(old[1]?.sealed).toMatchObject({ texts: null, data: { points } })
  expect(brokenAt(id, old)).toBeNull()

  await asOwner(server, conversion)
  const now = await read()
  expect(brokenAt(id, now)).toBeNull()
  expect(now.map(({ entry }) => entry)).toEqual(old.map(({ entry }) => entry))
  expect(now[1]?.sealed).toMatchObject({ texts: { points }, data: { points: ['', ''] } })
  expect(now[2]?.sealed).toMatchObject({ texts: { demand: '今天办完' }, data: { demand: '' } })
  const [row] = await asOwner<{ hash: Buffer }>(server, 'select hash from service_request where id = $1', [
    id,
  ])
  expect(row?.hash).toEqual(now.at(-1)?.hash)
})
