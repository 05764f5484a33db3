import { infiniteQueryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type {
  duplicateDecidedSchema,
  DuplicateDecision,
  DuplicatePair,
  duplicatesSchema,
  DuplicateSide,
} from '#households/duplicate-contract.ts'
import { call } from '#web/api/client.ts'
import { newId } from '#web/api/ids.ts'
import { nowIso } from '#web/ui/now.ts'
import { useChange } from './change.ts'

export type { DuplicatePair, DuplicateSide }
type Decided = z.infer<typeof duplicateDecidedSchema>

export const twiceList = (rule: string) =>
  infiniteQueryOptions({
    queryKey: ['twice', rule],
    queryFn: ({ pageParam, signal }) =>
      call<z.infer<typeof duplicatesSchema>>('GET', '/api/register/duplicates', {
        query: { rule, after: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })

export const useTwiceDecision = () =>
  useChange((decision: DuplicateDecision) =>
    call<Decided>('POST', '/api/register/duplicates/decisions', { body: decision, again: 1 }), ['twice'])

/** Takes two that were put together apart again, by a further entry. */
export const useTwiceUndo = () =>
  useChange(({ household, entry }: { household: string; entry: string }) =>
    call<unknown>('POST', `/api/households/${household}/entries/${entry}/undo`, {
      body: { id: newId(), deviceAt: nowIso() },
      again: 1,
    }), ['twice'])
