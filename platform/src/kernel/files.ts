import { Disk } from 'flydrive'
import { FSDriver } from 'flydrive/drivers/fs'
import path from 'node:path'
import type { Readable } from 'node:stream'

/** Files of the installation, by keys of our own making (UUIDs); what people call a file stands in the database. */
export type Files = {
  put(key: string, bytes: Uint8Array): Promise<void>
  /** @throws when there is no such file. */
  read(key: string): Promise<Readable>
  has(key: string): Promise<boolean>
  remove(key: string): Promise<void>
  /** Everything under a folder, with when it was last written; nothing where there is no such folder. */
  list(folder?: string): AsyncIterable<{ key: string; at: Temporal.Instant }>
}

/** A folder on this machine. */
export function localFiles(dataDir: string): Files {
  const disk = new Disk(new FSDriver({ location: path.resolve(dataDir, 'files'), visibility: 'private' }))
  return {
    put: (key, bytes) => disk.put(key, bytes),
    read: (key) => disk.getStream(key),
    has: (key) => disk.exists(key),
    remove: (key) => disk.delete(key),
    async *list(folder = '') {
      let next: string | undefined
      do {
        const page = await disk
          .listAll(folder, { recursive: true, ...(next && { paginationToken: next }) })
          .catch((error: { cause?: { code?: string } }) => {
            if (error.cause?.code === 'ENOENT') return { objects: [], paginationToken: undefined }
            throw error
          })
        for (const file of page.objects) {
          if (!file.isFile) continue
          // Removed since it was listed: by whoever finished the upload.
          const about = await file.getMetaData().catch(() => null)
          if (about)
            yield { key: file.key, at: Temporal.Instant.fromEpochMilliseconds(about.lastModified.getTime()) }
        }
        next = page.paginationToken
      } while (next)
    },
  }
}
