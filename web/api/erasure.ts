import type { AskErasure, ErasureView, OwnCopy } from '#requests/erasure/contract.ts'
import { call } from './client.ts'

/** What is kept about me: to read, to take along, to correct, to have erased (boundary 5). */

export type { ErasureView, OwnCopy }

export function readOwnCopy(): Promise<OwnCopy> {
  return call('GET', '/api/me/copy')
}

export function correctName(name: string): Promise<void> {
  return call('PUT', '/api/me/name', { body: { name } })
}

export function correctPhone(phone: string, code: string): Promise<void> {
  return call('PUT', '/api/me/phone', { body: { phone, code } })
}

export function askErasure(wish: AskErasure): Promise<ErasureView> {
  return call('POST', '/api/erasures', { body: wish, again: 1 })
}

export function readErasures(): Promise<{ items: ErasureView[] }> {
  return call('GET', '/api/erasures')
}

export function readErasure(id: string): Promise<ErasureView> {
  return call('GET', `/api/erasures/${id}`)
}
