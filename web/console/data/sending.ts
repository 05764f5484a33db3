import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import type {
  districtQuietSchema,
  Robot,
  robotChangeSchema,
  robotListSchema,
  SendingState,
} from '#notify/sending-contract.ts'
import { call } from '#web/api/client.ts'
import { newId } from '#web/api/ids.ts'
import { useAfterwards, useChange } from './change.ts'

export type { Robot, SendingState }
export type RobotChange = z.input<typeof robotChangeSchema>
type Quiet = z.infer<typeof districtQuietSchema>

/** How often the page looks again at what waits and what went out, in milliseconds. */
const looking = 20_000

/** Every way by which messages leave, and the district's quiet hours. */
export const sending = queryOptions({
  queryKey: ['sending'],
  queryFn: ({ signal }) => call<SendingState>('GET', '/api/sending', { signal }),
  refetchInterval: looking,
})

export const robots = queryOptions({
  queryKey: ['robots'],
  queryFn: ({ signal }) => call<z.infer<typeof robotListSchema>>('GET', '/api/robots', { signal }),
  refetchInterval: looking,
})

export function useQuietChange(version: number) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (quiet: Quiet) =>
      call<SendingState>('PUT', '/api/sending/quiet', { body: quiet, ifMatch: version }),
    onSuccess: (after) => client.setQueryData(sending.queryKey, after),
  })
}

/** Sets a robot up, or changes it as it was read. */
export function useRobotChange(id: string, version: number) {
  return useChange(
    (change: RobotChange) => call<Robot>('PUT', `/api/robots/${id}`, { body: change, ifMatch: version }),
    robots.queryKey,
  )
}

/** Sends a trial message; what becomes of it stands beside the robot. */
export function useTrial(id: string) {
  const client = useQueryClient()
  const trial = useMutation({
    mutationFn: () => call<void>('POST', `/api/robots/${id}/trial`, { body: { id: newId() } }),
    onSettled: () => client.invalidateQueries({ queryKey: robots.queryKey }),
  })
  return useAfterwards(trial)
}
