import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { localFiles } from '#kernel/files.ts'
import type { Files } from '#kernel/files.ts'
import { newId, said, startDistrict } from '#tests/story.ts'
import { district } from '#tests/fixture.ts'
import type { TestServer } from '#tests/server.ts'
import { tidyUploads } from './tidy.ts'
import { takePart } from './uploads.ts'

let server: TestServer
let files: Files
beforeAll(async () => {
  ;({ server } = await startDistrict())
  files = localFiles(server.dataDir)
})
afterAll(() => server.close())

async function send(part: Buffer, fields: Record<string, string | number>, token?: string) {
  const edge = 'xxEDGExx'
  const field = ([name, value]: [string, string | number]) =>
    `--${edge}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const head = `--${edge}\r\ncontent-disposition: form-data; name="file"; filename="a"\r\ncontent-type: image/jpeg\r\n\r\n`
  const answer = await server.server.inject({
    method: 'POST',
    url: '/api/attachments',
    payload: Buffer.concat([
      Buffer.from(
        Object.entries({ kind: 'photo', ...fields })
          .map(field)
          .join('') + head,
      ),
      part,
      Buffer.from(`\r\n--${edge}--\r\n`),
    ]),
    headers: {
      'content-type': `multipart/form-data; boundary=${edge}`,
      ...(token && { cookie: `chuanmen_session=${token}` }),
    },
  })
  return { status: answer.statusCode, ...answer.json() }
}

/** Noise does not compress: a photo of several parts. */
const photo = () =>
  sharp({
    create: {
      width: 400,
      height: 300,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  })
    .withExif({ IFD0: { Make: 'SecretPhone' } })
    .jpeg({ quality: 95 })
    .toBuffer()

const keys = async (folder?: string) => {
  const found: string[] = []
  for await (const { key } of files.list(folder)) found.push(key)
  return found
}

describe('an upload in parts', () => {
  test('whatever is sent twice, lost or out of turn, what arrives is the file', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'chuanmen-parts-'))
    const kept = localFiles(folder)
    await fc.assert(
      fc.asyncProperty(
        fc.uuid(),
        fc.integer({ min: 100_000, max: 300_000 }),
        fc.array(
          fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 32_768, max: 90_000 })),
          { maxLength: 12 },
        ),
        async (id, whole, strays) => {
          const file = Buffer.from(Array.from({ length: whole }, (_, at) => (at * 31) % 251))
          const part = (at: number, length: number) =>
            takePart(kept, id, { at, whole, bytes: file.subarray(at, Math.min(at + length, whole)) })
          for (const [where, length] of strays) {
            const done = await part(Math.floor(where * (whole - 32_768)), length)
            if (done.bytes) return done.bytes.equals(file)
          }
          // An honest sender asks for nothing but where to go on.
          let at = 0
          for (;;) {
            const { received, bytes } = await part(at, 65_536)
            if (bytes) return bytes.equals(file)
            if (received <= at) return false
            at = received
          }
        },
      ),
      { numRuns: 40 },
    )
    rmSync(folder, { recursive: true })
  })

  test('goes on where it stopped, is drawn anew once it is whole, and leaves no part behind (boundary 6)', async () => {
    const { token } = await said(server)
    const file = await photo()
    const id = newId(server)
    const half = Math.floor(file.length / 2)
    expect(file.length).toBeGreaterThan(70_000)
    const fields = { id, bytes: file.length }
    expect(await send(file.subarray(0, half), { ...fields, at: 0 }, token)).toMatchObject({
      status: 201,
      received: half,
      attachment: null,
    })
    // The answer was lost, and the page was closed: it begins anew and hears how far it had got.
    expect(await send(file.subarray(0, 40_000), { ...fields, at: 0 }, token)).toMatchObject({
      received: half,
      attachment: null,
    })
    const done = await send(file.subarray(half), { ...fields, at: half }, token)
    expect(done).toMatchObject({
      status: 201,
      received: file.length,
      attachment: { id, kind: 'photo', width: 400 },
    })
    // The last answer was lost too.
    expect(await send(file.subarray(half), { ...fields, at: half }, token)).toEqual({ ...done })
    expect(await keys(`parts/${id}`)).toEqual([`parts/${id}/done`])
    const [kept = ''] = (await keys()).filter((key) => key.startsWith(id))
    const bytes = await (await files.read(kept)).toArray()
    expect((await sharp(Buffer.concat(bytes as Buffer[])).metadata()).exif).toBeUndefined()
  })

  test('what is no photo once it is whole is refused, and nothing of it stays', async () => {
    const id = newId(server)
    const file = Buffer.alloc(90_000, 7)
    await send(file.subarray(0, 50_000), { id, at: 0, bytes: file.length })
    const refused = await send(file.subarray(50_000), { id, at: 50_000, bytes: file.length })
    expect(refused).toMatchObject({ status: 422, code: 'attachment.not_a_photo' })
    expect((await keys()).filter((key) => key.includes(id))).toEqual([])
  })

  test.each([
    ['a crumb', 100, 0, 90_000],
    ['beyond the end', 50_000, 60_000, 90_000],
  ])('%s is refused and said why', async (_, length, at, bytes) => {
    expect(await send(Buffer.alloc(length), { id: newId(server), at, bytes })).toMatchObject({
      status: 422,
      code: 'attachment.part_misplaced',
      field: 'body.at',
    })
  })

  test('more than twelve million bytes are refused by their number', async () => {
    expect(await send(Buffer.alloc(40_000), { id: newId(server), at: 0, bytes: 12_000_001 })).toMatchObject({
      status: 400,
      field: 'body.bytes',
    })
  })
})

test('at night what nobody finished, named or knows goes, and what is named stays', async () => {
  const { token } = await said(server)
  const file = await photo()
  const named = newId(server)
  await send(file, { id: named }, token)
  await said(server, { attachments: [named] }, token)
  await send(file.subarray(0, 50_000), { id: newId(server), at: 0, bytes: file.length })
  const orphan = `${newId(server)}-0123456789abcdef`
  await files.put(orphan, Buffer.from('a crash came between file and row'))
  await files.put('exports/somebody-elses', Buffer.from('not ours'))
  const tidy = (at: Temporal.Instant) => tidyUploads(server.database, [district], files, at)
  const all = await keys()
  // Files carry the time of the machine, not that of the test's clock.
  await tidy(Temporal.Now.instant().subtract({ hours: 72 }))
  expect(await keys()).toEqual(all)
  await tidy(Temporal.Now.instant().add({ hours: 1 }))
  const left = await keys()
  expect(left.filter((key) => key.startsWith('parts/') || key === orphan)).toEqual([])
  expect(left).toContain('exports/somebody-elses')
  expect(left.some((key) => key.startsWith(named))).toBe(true)
})
