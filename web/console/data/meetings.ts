import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import type {
  Attendance,
  decisionSchema,
  jointChangeSchema,
  JointView,
  MeetingChange,
  MeetingRow,
  MeetingView,
  NewItem,
  NewMeeting,
  Proposals,
} from '#meetings/contract.ts'
import { call } from '#web/api/client.ts'
import { useAfterwards, useChange } from './change.ts'

/** Joint meetings; everything lies under `meetings`. Answers to a change are the meeting as it stands then. */

const base = '/api/meetings'

export const jointList = queryOptions({
  queryKey: ['meetings', 'joint'],
  queryFn: ({ signal }) => call<{ items: JointView[] }>('GET', '/api/joint-meetings', { signal }),
})

export const meetingList = (when: 'coming' | 'past') =>
  infiniteQueryOptions({
    queryKey: ['meetings', 'list', when],
    queryFn: ({ pageParam, signal }) =>
      call<{ items: MeetingRow[]; next: string | null }>('GET', base, {
        query: { when, after: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })

/** In the room several look at one meeting: what the one writes down the other sees within seconds. */
const inTheRoom = 4_000

export const oneMeeting = (id: string) =>
  queryOptions({
    queryKey: ['meetings', 'one', id],
    queryFn: ({ signal }) => call<MeetingView>('GET', `${base}/${id}`, { signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'open' ? inTheRoom : false),
  })

export const agendaProposals = (id: string, version: number) =>
  queryOptions({
    queryKey: ['meetings', 'proposals', id, version],
    queryFn: ({ signal }) => call<Proposals>('GET', `${base}/${id}/proposals`, { signal }),
  })

function useMeeting<Input>(send: (input: Input) => Promise<MeetingView>) {
  const client = useQueryClient()
  const change = useMutation({
    mutationFn: send,
    onSuccess: async (meeting) => {
      client.setQueryData(oneMeeting(meeting.id).queryKey, meeting)
      await client.invalidateQueries({ queryKey: ['meetings', 'list'] })
    },
    // Somebody else did something with it meanwhile: what stands there now is shown.
    onError: () => client.invalidateQueries({ queryKey: ['meetings', 'one'] }),
  })
  return useAfterwards(change)
}

export const useConvene = () =>
  useMeeting((given: NewMeeting) => call<MeetingView>('POST', base, { body: given, again: 1 }))

export const useMeetingChange = ({ id, version }: Pick<MeetingView, 'id' | 'version'>) =>
  useMeeting((change: MeetingChange) =>
    call<MeetingView>('PATCH', `${base}/${id}`, { body: change, ifMatch: version }),
  )

export const useAddItem = (id: string) =>
  useMeeting((item: NewItem) => call<MeetingView>('POST', `${base}/${id}/items`, { body: item, again: 1 }))

export const useRemoveItem = (id: string) =>
  useMeeting((item: string) => call<MeetingView>('DELETE', `${base}/${id}/items/${item}`, { again: 1 }))

export type MeetingStep = 'call' | 'open' | 'close' | 'cancel'
export const useMeetingStep = (id: string) =>
  useMeeting((step: MeetingStep) => call<MeetingView>('POST', `${base}/${id}/steps/${step}`, { again: 1 }))

export const useAttend = (id: string) =>
  useMeeting(({ organisation, ...said }: Attendance & { organisation: string }) =>
    call<MeetingView>('PUT', `${base}/${id}/attendance/${organisation}`, { body: said, again: 1 }),
  )

export const useDecide = (id: string, item: string) =>
  useMeeting((decision: z.input<typeof decisionSchema> | null) =>
    decision === null
      ? call<MeetingView>('DELETE', `${base}/${id}/items/${item}/decision`, { again: 1 })
      : call<MeetingView>('PUT', `${base}/${id}/items/${item}/decision`, { body: decision, again: 1 }),
  )

type Joint = { id: string; version: number; change: z.input<typeof jointChangeSchema> }

export const useJointChange = () =>
  useChange(
    ({ id, version, change }: Joint) =>
      call<JointView>('PUT', `/api/joint-meetings/${id}`, { body: change, ifMatch: version }),
    ['meetings'],
  )

export const minutesAddress = (id: string): string => `${base}/${id}/minutes`
export const noticeAddress = (id: string, item: string): string => `${base}/${id}/items/${item}/notice`
