import type { z } from 'zod'
import type {
  devicesSchema,
  EntryKind,
  FieldEntry,
  Pushed,
  Unlocking,
  withdrawalSchema,
} from '#field/contract.ts'
import type { EntryData } from '#field/entries.ts'
import type { FeedPage } from '#field/items.ts'
import { call } from './client.ts'

/** The field phone's server half over HTTP: this device, what is sent, what is fetched (platform/src/field/SPEC.md). */

export type { Device, EntryProblem, FieldEntry, Result, Unlocking } from '#field/contract.ts'
export type { FeedPage, HouseholdItem, Item } from '#field/items.ts'
export type { EntryData, EntryKind }
type Devices = z.infer<typeof devicesSchema>

export function registerDevice(id: string, label: string): Promise<Unlocking> {
  return call('POST', '/api/field/devices', { body: { id, label }, again: 1 })
}

/** The server's half again, after a sign-in. */
export function unlockingOf(device: string): Promise<Unlocking> {
  return call('POST', `/api/field/devices/${device}/unlocking`, { body: {}, again: 1 })
}

export function ownDevices(): Promise<Devices> {
  return call('GET', '/api/field/devices')
}

export function withdrawDevice(
  device: string,
  reason: z.infer<typeof withdrawalSchema>['reason'],
): Promise<void> {
  return call('POST', `/api/field/devices/${device}/withdrawal`, { body: { reason } })
}

/** Not tried again here: the outbox has its own patience. `now` is the phone's clock, by which the server sets it right. */
export function pushEntries(device: string, now: string, entries: FieldEntry[]): Promise<Pushed> {
  return call('POST', '/api/field/entries', { body: { device, now, entries }, again: 0 })
}

export function readFeed(device: string, cursor: string | null): Promise<FeedPage> {
  return call('GET', '/api/field/feed', { query: { device, cursor: cursor ?? undefined }, again: 0 })
}
