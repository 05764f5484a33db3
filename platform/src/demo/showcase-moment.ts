import { awake } from './worktime.ts'

/** When something of the showcase happened, as epoch milliseconds. */
export function momentOf({ ago }: { ago: number }, end: number): number {
  return awake(Math.floor(end - ago * 3_600_000))
}
