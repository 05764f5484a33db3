import sharp from 'sharp'
import { refuse } from '#kernel/problem.ts'
import { turns } from '#kernel/turns.ts'

/** What comes in as a picture or a recording is judged by its content, never by its name or the type it claims. */

export type Picture = {
  kind: 'photo'
  bytes: Buffer
  mediaType: 'image/jpeg'
  width: number
  height: number
  seconds: null
}
export type Voice = {
  kind: 'voice'
  bytes: Buffer
  mediaType: string
  width: null
  height: null
  seconds: number | null
}

// libvips brings a reader for every picture format there is, some of them programs in their own right (SVG, PDF). Bytes
// from strangers reach the three that phones make.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
})

/** Longest edge that is kept; enough to read a meter. */
const longestEdge = 2048
const mostPixels = 60_000_000
/** A picture of sixty million points takes 240 MB while it is drawn anew. */
const inTurn = turns(2)

/**
 * Draws the picture anew: turned as it was held, at most 2048 px, as JPEG. EXIF with its position, and everything else
 * that is not the picture, stays behind (boundary 6).
 *
 * @throws Refusal `attachment.not_a_photo` for anything that does not decode as JPEG, PNG or WebP.
 */
export function cleanPhoto(bytes: Buffer): Promise<Picture> {
  return inTurn(() => drawAnew(bytes))
}

async function drawAnew(bytes: Buffer): Promise<Picture> {
  try {
    const image = sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error' })
    const { format } = await image.metadata()
    if (format !== 'jpeg' && format !== 'png' && format !== 'webp')
      refuse('attachment.not_a_photo', { field: 'file' })
    const { data, info } = await image
      .autoOrient()
      .resize(longestEdge, longestEdge, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 82, mozjpeg: true })
      .toBuffer({ resolveWithObject: true })
    return {
      kind: 'photo',
      bytes: data,
      mediaType: 'image/jpeg',
      width: info.width,
      height: info.height,
      seconds: null,
    }
  } catch {
    return refuse('attachment.not_a_photo', { field: 'file' })
  }
}

/** First bytes of the recordings that phones make. */
const recordings: { mediaType: string; is(bytes: Buffer): boolean }[] = [
  {
    mediaType: 'audio/webm',
    is: (bytes) => bytes.readUInt32BE(0) === 0x1a45dfa3 && bytes.subarray(0, 64).includes('webm'),
  },
  { mediaType: 'audio/ogg', is: (bytes) => bytes.toString('latin1', 0, 4) === 'OggS' },
  { mediaType: 'audio/mp4', is: (bytes) => bytes.toString('latin1', 4, 8) === 'ftyp' },
  {
    mediaType: 'audio/mpeg',
    is: (bytes) =>
      bytes.toString('latin1', 0, 3) === 'ID3' || (bytes[0] === 0xff && (bytes[1]! & 0xe6) === 0xe2),
  },
  {
    mediaType: 'audio/wav',
    is: (bytes) => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WAVE',
  },
]

/**
 * Keeps a recording as it is, under the type its content has.
 *
 * @param seconds as the recorder counted them; recordings carry no position.
 * @throws Refusal `attachment.not_a_voice_note`
 */
export function checkVoice(bytes: Buffer, seconds: number | null): Voice {
  const found = bytes.length >= 16 ? recordings.find(({ is }) => is(bytes)) : undefined
  if (!found) refuse('attachment.not_a_voice_note', { field: 'file' })
  return { kind: 'voice', bytes, mediaType: found.mediaType, width: null, height: null, seconds }
}
