/** The longer side of a photo that is sent, in pixels: enough to read a number plate across a yard. */
const side = 2000
/** Below this size (bytes) a photo is sent as it is. */
const small = 1_500_000

/**
 * Makes a photo smaller before it is sent, because many pay for their data. What cannot be decoded here goes out as it
 * is: the server checks the content and says in words what it does not take.
 */
export async function smaller(file: Blob): Promise<Blob> {
  if (file.size < small) return file
  try {
    const image = await createImageBitmap(file, { imageOrientation: 'from-image' })
    const scale = Math.min(1, side / Math.max(image.width, image.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(image.width * scale)
    canvas.height = Math.round(image.height * scale)
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    image.close()
    const made = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.82))
    return made && made.size < file.size ? made : file
  } catch {
    return file
  }
}
