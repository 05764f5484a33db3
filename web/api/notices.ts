import type { z } from 'zod'
import type {
  Contact,
  ContactChange,
  emailCodeSentSchema,
  FailedList,
  Notices,
  repeatAllSchema,
  sentListSchema,
  Subscribing,
} from '#notify/contract.ts'
import { call } from './client.ts'

/** Notices, what became of messages, and how one is told. */

export type { Contact, ContactChange, FailedList, Notices }
export type Notice = Notices['items'][number]
export type SentList = z.infer<typeof sentListSchema>
export type EmailCodeSent = z.infer<typeof emailCodeSentSchema>
type Which = z.infer<typeof repeatAllSchema>

export function readNotices(after?: string, signal?: AbortSignal): Promise<Notices> {
  return call('GET', '/api/notices', { query: { after, limit: 30 }, ...(signal && { signal }) })
}

export function markNoticeRead(id: string): Promise<Notice> {
  return call('POST', `/api/notices/${id}/read`, { again: 1 })
}

export function markAllNoticesRead(): Promise<{ unread: number }> {
  return call('POST', '/api/notices/read', { again: 1 })
}

export function readContact(): Promise<Contact> {
  return call('GET', '/api/contact')
}

export function changeContact(ways: ContactChange): Promise<Contact> {
  return call('PUT', '/api/contact', { body: ways })
}

export function tellBrowser(subscription: Subscribing): Promise<Contact> {
  return call('POST', '/api/contact/push', { body: subscription, again: 1 })
}

export function forgetBrowser(id: string): Promise<Contact> {
  return call('DELETE', `/api/contact/push/${id}`)
}

/** Asks for a code by e-mail; a demonstration sends none and shows it in the answer. */
export function askEmailCode(email: string): Promise<EmailCodeSent> {
  return call('POST', '/api/contact/email', { body: { email } })
}

export function proveEmail(code: string): Promise<Contact> {
  return call('POST', '/api/contact/email/proof', { body: { code } })
}

export function removeEmail(): Promise<Contact> {
  return call('DELETE', '/api/contact/email')
}

export function messagesToReporter(request: string, signal?: AbortSignal): Promise<SentList> {
  return call('GET', `/api/requests/${request}/messages`, signal ? { signal } : {})
}

export function repeatToReporter(request: string, message: string): Promise<SentList> {
  return call('POST', `/api/requests/${request}/messages/${message}/repeat`)
}

export function failedMessages(
  which: Partial<Which>,
  after: string | undefined,
  signal: AbortSignal,
): Promise<FailedList> {
  return call('GET', '/api/notices/failed', { query: { ...which, after, limit: 30 }, signal })
}

export function repeatMessage(id: string): Promise<void> {
  return call('POST', `/api/notices/${id}/repeat`)
}

export function repeatAllMessages(which: Which): Promise<{ repeated: number }> {
  return call('POST', '/api/notices/failed/repeat', { body: which })
}
