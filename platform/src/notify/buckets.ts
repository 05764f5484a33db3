import { bucketOf } from '#kernel/signals.ts'
import type { NewMessage, Reader } from './store.ts'

/** Where those addressed are heard: by whom it is for, and for followers by what it is about. */
export function bucketsOf(messages: readonly Pick<NewMessage, 'to' | 'request'>[]): string[] {
  return [
    ...new Set(
      messages.flatMap(({ to, request }) => [
        ...Object.values(to).map(bucketOf),
        ...('reporter' in to && request ? [bucketOf(request)] : []),
      ]),
    ),
  ]
}

/** Where a reader listens. */
export function bucketsOfReader({ reporter, person, organisations, requests }: Reader): string[] {
  const ids = [...organisations, ...requests, ...(reporter ? [reporter] : []), ...(person ? [person] : [])]
  return [...new Set(ids.map(bucketOf))]
}
