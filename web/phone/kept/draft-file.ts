import { uploadAttachment } from '#web/api/requests.ts'
import { keptFile } from './files.ts'

/** A photo or voice note on its way to the server. */
export type DraftFile = {
  id: string
  kind: 'photo' | 'voice'
  seconds?: number
  /** the server has it */
  sent: boolean
  /** why the server did not take it, in its words */
  refused?: string
}

/** Sends one kept file under its own id; sending it twice is one file. Throws what the client throws. */
export async function sendFile(id: string): Promise<void> {
  const kept = await keptFile(id)
  if (kept) await uploadAttachment(id, kept.kind, kept.blob, kept.name, kept.seconds)
}
