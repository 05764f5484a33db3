import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import yauzl from 'yauzl'
import type { Entry, ZipFile } from 'yauzl'
import { FileRefused } from './source.ts'
import type { Bytes } from '#kernel/parts.ts'

/**
 * The parts of a workbook, read where they lie. Nothing is unpacked to disk, so that a part's name leads nowhere; what
 * would not fit is refused before a byte of it is unpacked, by what the zip says of itself, and yauzl stops a part that
 * turns out longer than it said.
 */

/** A workbook with a picture in every row has as many. */
const mostParts = 20_000
/** One part, unpacked: the sheet of a million rows with twenty columns is about 900 MB. */
const largestPart = 2_000_000_000
/** How much smaller than itself a part may be packed, once it is large enough to matter. Sheets are packed 10 to 40 times. */
const highestRatio = 150
const ratioFrom = 20_000_000

class BytesReader extends yauzl.RandomAccessReader {
  readonly #file: Bytes
  constructor(file: Bytes) {
    super()
    this.#file = file
  }
  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#file.range(start, end))
  }
}

/** What yauzl says of a file that is no zip, or a broken one, becomes a fault of the file. */
function damaged(error: unknown): never {
  if (error instanceof FileRefused) throw error
  throw new FileRefused('damaged')
}

export type Zip = {
  names(): string[]
  /** The bytes of a part as they unpack; undefined when there is no such part. */
  open(name: string): Promise<Readable | undefined>
  close(): void
}

export async function openZip(file: Bytes): Promise<Zip> {
  const zip: ZipFile = await promisify((done: (error: Error | null, opened: ZipFile) => void) =>
    yauzl.fromRandomAccessReader(
      new BytesReader(file),
      file.size,
      { lazyEntries: true, autoClose: false, validateEntrySizes: true, strictFileNames: false },
      done,
    ),
  )().catch(damaged)
  const parts = new Map<string, Entry>()
  try {
    await new Promise<void>((resolve, reject) => {
      zip.on('error', reject)
      zip.on('end', resolve)
      zip.on('entry', (entry: Entry) => {
        if (parts.size >= mostParts) return reject(new FileRefused('too_packed', { most: mostParts }))
        parts.set(entry.fileName.toLowerCase(), entry)
        zip.readEntry()
      })
      zip.readEntry()
    })
  } catch (error) {
    zip.close()
    damaged(error)
  }
  return {
    names: () => [...parts.keys()],
    async open(name) {
      const entry = parts.get(name.toLowerCase())
      if (!entry) return undefined
      if (entry.isEncrypted()) throw new FileRefused('old_format')
      if (entry.uncompressedSize > largestPart)
        throw new FileRefused('too_large', { limit: `${largestPart / 1_000_000_000} GB` })
      if (entry.uncompressedSize > ratioFrom && entry.uncompressedSize > entry.compressedSize * highestRatio)
        throw new FileRefused('too_packed', { most: highestRatio })
      const { promise, resolve, reject } = Promise.withResolvers<Readable>()
      zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)))
      return promise.catch(damaged)
    },
    close: () => zip.close(),
  }
}
