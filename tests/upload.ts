import sharp from 'sharp'
import { expect } from 'vitest'
import type { TestServer } from './server.ts'

/** A photo or recording on its way to the server, whole, as a page sends it. */
type Upload = { id: string; kind: 'photo' | 'voice'; bytes: Buffer }

export const smallPhoto = (): Promise<Buffer> =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: '#884422' } })
    .jpeg()
    .toBuffer()

export async function upload(
  server: TestServer,
  token: string | undefined,
  { id, kind, bytes }: Upload,
): Promise<void> {
  const edge = 'xxEDGExx'
  const field = (name: string, value: string) =>
    `--${edge}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const answer = await server.server.inject({
    method: 'POST',
    url: '/api/attachments',
    headers: {
      'content-type': `multipart/form-data; boundary=${edge}`,
      ...(token && { cookie: `chuanmen_session=${token}` }),
    },
    payload: Buffer.concat([
      Buffer.from(field('id', id) + field('kind', kind)),
      Buffer.from(`--${edge}\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n`),
      bytes,
      Buffer.from(`\r\n--${edge}--\r\n`),
    ]),
  })
  expect(answer.statusCode, answer.body).toBe(201)
}
