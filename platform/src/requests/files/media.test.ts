import sharp from 'sharp'
import { expect, test } from 'vitest'
import { cleanPhoto } from './media.ts'

const blank = () => sharp({ create: { width: 8, height: 8, channels: 3, background: '#884422' } })

test('the pictures that phones make are drawn anew as JPEG', async () => {
  for (const bytes of [
    await blank().jpeg().toBuffer(),
    await blank().png().toBuffer(),
    await blank().webp().toBuffer(),
  ])
    expect(await cleanPhoto(bytes)).toMatchObject({ mediaType: 'image/jpeg', width: 8, height: 8 })
})

test('no other reader of pictures is reached by what a stranger sends', async () => {
  const others = [
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>'),
    await blank().tiff().toBuffer(),
    await blank().gif().toBuffer(),
    await blank().avif().toBuffer(),
  ]
  for (const bytes of others) {
    await expect(sharp(bytes).metadata()).rejects.toThrow(/unsupported image format/)
    await expect(cleanPhoto(bytes)).rejects.toMatchObject({ code: 'attachment.not_a_photo' })
  }
})
