/**
 * Photos and voice notes of a draft, kept in IndexedDB until the server has them, so that a page closed by mistake or a
 * dead battery loses nothing. Where IndexedDB is refused they live in memory.
 */
export type KeptFile = { id: string; kind: 'photo' | 'voice'; name: string; blob: Blob; seconds?: number }

const memory = new Map<string, KeptFile>()

function open(): Promise<IDBDatabase> {
  return new Promise((done, fail) => {
    const request = indexedDB.open('chuanmen-draft', 1)
    request.addEventListener('upgradeneeded', () =>
      request.result.createObjectStore('files', { keyPath: 'id' }),
    )
    request.addEventListener('success', () => done(request.result))
    request.addEventListener('error', () => fail(request.error ?? new Error('indexedDB')))
  })
}

async function inStore<T>(
  mode: IDBTransactionMode,
  work: (files: IDBObjectStore) => IDBRequest<T>,
): Promise<T | undefined> {
  try {
    const database = await open()
    return await new Promise<T>((done, fail) => {
      const request = work(database.transaction('files', mode).objectStore('files'))
      request.addEventListener('success', () => done(request.result))
      request.addEventListener('error', () => fail(request.error ?? new Error('indexedDB')))
    }).finally(() => database.close())
  } catch {
    return undefined
  }
}

export async function keepFile(file: KeptFile): Promise<void> {
  memory.set(file.id, file)
  await inStore('readwrite', (files) => files.put(file))
}

export async function keptFile(id: string): Promise<KeptFile | undefined> {
  return (
    memory.get(id) ?? (await inStore<KeptFile>('readonly', (files) => files.get(id) as IDBRequest<KeptFile>))
  )
}

export async function dropFile(id: string): Promise<void> {
  memory.delete(id)
  await inStore('readwrite', (files) => files.delete(id))
}
