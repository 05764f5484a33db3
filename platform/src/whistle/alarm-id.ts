import { derivedId } from '#kernel/ids.ts'
import type { Alarm } from './alarms.ts'

/** The same alarm of the same run of the same clock is the same entry, whoever works it out (RQ5). */
export function ringId(whistle: string, { clock, organisation, since, share }: Omit<Alarm, 'at'>): string {
  return derivedId('whistle_ring', whistle, clock, organisation ?? '', since, share)
}

/** The supervision of a request that a late alarm began. */
export const supervisionId = (alarm: string, request: string) =>
  derivedId('whistle_supervise', alarm, request)
