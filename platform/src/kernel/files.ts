import { Disk } from 'flydrive'
import { FSDriver } from 'flydrive/drivers/fs'
import path from 'node:path'
import type { Readable } from 'node:stream'

/** Files of the installation, by keys of our own making (UUIDs); what people call a file stands in the database. */
export type Files = {
  put(key: string, bytes: Uint8Array): Promise<void>
  /** @throws when there is no such file. */
  read(key: string): Promise<Readable>
  remove(key: string): Promise<void>
}

/** A folder on this machine. */
export function localFiles(dataDir: string): Files {
  const disk = new Disk(new FSDriver({ location: path.resolve(dataDir, 'files'), visibility: 'private' }))
  return {
    put: (key, bytes) => disk.put(key, bytes),
    read: (key) => disk.getStream(key),
    remove: (key) => disk.delete(key),
  }
}
