import { readFile } from 'node:fs/promises'
import { sha256 } from '#kernel/canonical.ts'
import type { Files } from '#kernel/files.ts'
import { fileKey } from '#requests/files/attachments.ts'
import { cleanPhoto } from '#requests/files/media.ts'
import type { Picture } from '#requests/files/media.ts'
import type { Row } from './copy.ts'
import type { DemoRequest } from './demo-request.ts'

export const attachmentColumns = [
  'district_code',
  'id',
  'request_id',
  'entry_id',
  'kind',
  'media_type',
  'bytes',
  'width',
  'height',
  'sha256',
  'owner',
  'created_at',
] as const

/** Drawn, not photographed: no real place, nobody's door. */
const names = ['sewer', 'roof', 'bin', 'cable', 'lamp'] as const
export type PictureName = (typeof names)[number]

/** Which drawn picture suits a category. */
export const pictureOf: Partial<Record<string, PictureName>> = {
  A01: 'bin',
  B03: 'sewer',
  B04: 'lamp',
  C03: 'roof',
  D03: 'cable',
}

/** The pictures, taken in the way a photo from a phone is. */
export async function readPictures(): Promise<Map<string, Picture>> {
  const drawn = names.map(async (name): Promise<[string, Picture]> => {
    const bytes = await readFile(new URL(`./data/pictures/${name}.jpg`, import.meta.url))
    return [name, await cleanPhoto(bytes)]
  })
  return new Map(await Promise.all(drawn))
}

/** Stores the picture of a request and gives its row; null when it has none. */
export async function attach(
  district: string,
  request: DemoRequest,
  pictures: Map<string, Picture>,
  files: Pick<Files, 'put'>,
): Promise<Row | null> {
  const picture = request.photo ? pictures.get(request.photo.name) : undefined
  const [submitted] = request.entries
  if (!request.photo || !picture || !submitted) return null
  const digest = sha256(picture.bytes)
  await files.put(fileKey(request.photo.id, digest), picture.bytes)
  const { mediaType, bytes, width, height } = picture
  const owner =
    submitted.by.kind === 'reporter' ? `reporter:${request.reporter.id}` : `staff:${submitted.by.person}`
  return [
    district,
    request.photo.id,
    request.id,
    submitted.id,
    'photo',
    mediaType,
    bytes.length,
    width,
    height,
    digest,
    owner,
    request.submittedAt,
  ]
}
