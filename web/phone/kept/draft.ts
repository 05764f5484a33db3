import { useSyncExternalStore } from 'react'
import { newId } from '#web/api/ids.ts'
import { Refused, Unreachable } from '#web/api/problem.ts'
import { type Followed, followSaid, type Receipt, submitRequest, type Submission } from '#web/api/requests.ts'
import { nowIso } from '#web/ui/now.ts'
import { type DraftFile, sendFile, sendMeanwhile } from './draft-file.ts'
import { dropFile } from './files.ts'
import { forThisVisit, keep, readKept } from './local.ts'
import { refusalWords } from '../refusal.ts'

/** What is being said, kept on the phone from the first character until the server has it. */

export type Draft = {
  /** The request's own id: however often it is sent, it is one request (RQ3). */
  id: string
  reporter: string
  words: string
  path: string | null
  /** Names from the compound down, for showing. */
  names: string[]
  /** Number on the door, where one was chosen. */
  door: string
  place: string
  position: { lon: number; lat: number } | null
  files: DraftFile[]
  name: string
  phone: string
  /** RQ10: those it is about are not to know who says it; `about` is one of those who serve there, or left open. */
  confidential: boolean
  about: string
  /** When sending was tried last without an answer. */
  triedAt: string | null
}

function emptyDraft(): Draft {
  return {
    id: newId(),
    reporter: newId(),
    words: '',
    path: null,
    names: [],
    door: '',
    place: '',
    position: null,
    files: [],
    name: '',
    phone: '',
    confidential: false,
    about: '',
    triedAt: null,
  }
}

let draft: Draft = { ...emptyDraft(), ...readKept<Partial<Draft>>('draft') }
const listeners = new Set<() => void>()

export function changeDraft(change: Partial<Draft>): void {
  draft = { ...draft, ...change }
  keep('draft', draft)
  for (const listener of listeners) listener()
}

function changeFile(id: string, change: Partial<DraftFile>): void {
  changeDraft({ files: draft.files.map((file) => (file.id === id ? { ...file, ...change } : file)) })
}

export function currentDraft(): Draft {
  return draft
}

export function useDraft(): Draft {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => draft,
  )
}

/** True when something was said that the server does not have yet. */
export function isWaiting(one: Draft): boolean {
  return one.triedAt !== null
}

/** Forgets the draft together with its files. */
async function dropDraft(): Promise<void> {
  const { files } = draft
  draft = emptyDraft()
  keep('draft', undefined)
  for (const listener of listeners) listener()
  await Promise.all(files.map((file) => dropFile(file.id)))
}

/**
 * Sends one photo or voice note of the draft as soon as it is there, so that the last button has little left to do:
 * `meanwhile` waits for the line as long as it takes, else a broken one is thrown.
 */
export async function sendDraftFile(id: string, meanwhile = false): Promise<void> {
  try {
    await (meanwhile ? sendMeanwhile(id) : sendFile(id))
    changeFile(id, { sent: true })
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    changeFile(id, { refused: refusalWords(error) })
  }
}

function submission(one: Draft, wordsOfVoice: string): Submission {
  return {
    id: one.id,
    words: one.words.trim() || wordsOfVoice,
    path: one.path ?? '',
    place: one.door + one.place.trim(),
    channel: 'phone_page',
    attachments: one.files.filter((file) => file.sent).map((file) => file.id),
    ...one.position,
    ...(one.confidential && { confidential: true, complainedOf: one.about ? [one.about] : [] }),
    ...((one.name || one.phone) && {
      reporter: {
        id: one.reporter,
        ...(one.name && { name: one.name.trim() }),
        ...(one.phone && { phone: one.phone }),
      },
    }),
  }
}

export type Outcome =
  | { kind: 'sent'; receipt: Receipt }
  | { kind: 'refused'; why: Refused }
  | { kind: 'waiting' }

let sending: Promise<Outcome> | undefined

async function send(wordsOfVoice: string): Promise<Outcome> {
  try {
    for (const file of draft.files) if (!file.sent && !file.refused) await sendDraftFile(file.id)
    const receipt = await submitRequest(submission(draft, wordsOfVoice))
    const { confidential, phone } = draft
    keep(`receipt.${receipt.id}`, { ...receipt, hasPhone: phone !== '', confidential }, forThisVisit)
    await dropDraft()
    return { kind: 'sent', receipt }
  } catch (error) {
    if (error instanceof Refused) {
      changeDraft({ triedAt: null })
      return { kind: 'refused', why: error }
    }
    changeDraft({ triedAt: nowIso() })
    if (error instanceof Unreachable) return { kind: 'waiting' }
    throw error
  }
}

/**
 * Sends the draft. It stays until the server has said that it has it; without an answer it waits and is sent again under
 * the same id. `wordsOfVoice` stands in for words when only a voice note was left.
 */
export function sendDraft(wordsOfVoice: string): Promise<Outcome> {
  sending ??= send(wordsOfVoice).finally(() => {
    sending = undefined
  })
  return sending
}

export type Following =
  | { kind: 'followed'; followed: Followed }
  | { kind: 'refused'; why: Refused }
  | { kind: 'waiting' }

/**
 * Follows what was said before, under the draft's own id, so that it is never filed as well (RQ3). What was typed goes along
 * as a note that staff read. The draft stays until the server has it.
 */
export async function followInstead(request: string): Promise<Following> {
  try {
    for (const file of draft.files) if (!file.sent && !file.refused) await sendDraftFile(file.id)
    // The id of the reporter goes along in any case: by it this browser is known when the answer was lost.
    const { id, words, attachments, reporter = { id: draft.reporter } } = submission(draft, '')
    const followed = await followSaid(request, { id, words, attachments, reporter })
    await dropDraft()
    return { kind: 'followed', followed }
  } catch (error) {
    if (error instanceof Refused) return { kind: 'refused', why: error }
    if (error instanceof Unreachable) return { kind: 'waiting' }
    throw error
  }
}

export type KeptReceipt = Receipt & { hasPhone: boolean; confidential?: boolean }

export function keptReceipt(id: string): KeptReceipt | undefined {
  return readKept<KeptReceipt>(`receipt.${id}`, forThisVisit)
}
