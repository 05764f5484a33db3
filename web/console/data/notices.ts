import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { QueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { hearNews, isLive, learnUnread } from '#web/api/live.ts'
import {
  type Contact,
  failedMessages,
  type FailedList,
  markAllNoticesRead,
  markNoticeRead,
  messagesToReporter,
  readContact,
  readNotices,
  repeatAllMessages,
  repeatMessage,
  repeatToReporter,
} from '#web/api/notices.ts'
import type { RequestView } from '#web/api/requests.ts'
import { useAfterwards } from './change.ts'

/** How often an open page asks again where news do not arrive by themselves, and where they do, in milliseconds. */
const asking = 20_000
const calm = 300_000

/** For `refetchInterval`: seldom while the stream stands, now and then without it. */
export const refresh = (): number => (isLive() ? calm : asking)

export const notices = infiniteQueryOptions({
  queryKey: ['notices'],
  queryFn: ({ pageParam, signal }) => readNotices(pageParam, signal),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
  refetchInterval: refresh,
})

/** Many changes within this time are one look, in milliseconds. */
const gather = 1_000

/** Lets open pages follow the news: notices, the open request, the lists it stands in. */
export function useNews(enabled: boolean): void {
  const client = useQueryClient()
  useEffect(() => {
    if (!enabled) return undefined
    let lists: ReturnType<typeof setTimeout> | undefined
    const lookAtLists = () => {
      lists ??= setTimeout(() => {
        lists = undefined
        void client.invalidateQueries({ queryKey: ['requests'] })
        // Each step of a whistle enters into the story of its requests.
        void client.invalidateQueries({ queryKey: ['whistles'] })
      }, gather)
    }
    const stop = hearNews((news) => {
      if (news.kind === 'request') {
        lookAtRequest(client, news.id, news.version)
        lookAtLists()
        return
      }
      void client.invalidateQueries({ queryKey: ['notices'] })
      // Whoever a whistle waits for is told, also of what changes no request: an objection, a line on the shared page.
      void client.invalidateQueries({ queryKey: ['whistles'] })
      if (news.kind === 'notice' || news.resumed) return
      // What changed before the stream stood was not told.
      void client.invalidateQueries({ queryKey: ['request'] })
      lookAtLists()
    })
    return () => {
      clearTimeout(lists)
      stop()
    }
  }, [client, enabled])
}

/** Whoever steps through the list stays at none of them for so long, in milliseconds. */
const staying = 5_000

/** Follows the case that is open, also where it changes outside the areas and organisations I serve in. */
export function useWatched(request: string | undefined): void {
  useEffect(() => {
    if (!request) return undefined
    let stop: (() => void) | undefined
    const timer = setTimeout(() => {
      stop = hearNews(() => undefined, [request])
    }, staying)
    return () => {
      clearTimeout(timer)
      stop?.()
    }
  }, [request])
}

/** The answer to what I entered myself is here already; it needs no second look. */
function lookAtRequest(client: QueryClient, id: string, version: number): void {
  const known = client.getQueryData<RequestView>(['request', id])
  if (known && known.version < version) void client.invalidateQueries({ queryKey: ['request', id] })
}

export function useMarkRead() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => markNoticeRead(id),
    onSettled: () => client.invalidateQueries({ queryKey: ['notices'] }),
  })
}

export function useMarkAllRead() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => markAllNoticesRead(),
    onSuccess: ({ unread }) => learnUnread(unread),
    onSettled: () => client.invalidateQueries({ queryKey: ['notices'] }),
  })
}

/** What became of the messages to who said a request. */
export const sentAbout = (request: string) =>
  queryOptions({
    queryKey: ['request', request, 'messages'],
    queryFn: ({ signal }) => messagesToReporter(request, signal),
  })

export function useRepeatAbout(request: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (message: string) => repeatToReporter(request, message),
    onSuccess: (after) => client.setQueryData(sentAbout(request).queryKey, after),
  })
}

type Failed = FailedList['items'][number]
export type Which = Partial<Pick<Failed, 'reason' | 'channel'>>

/** Messages that could not be sent, for the IT desk. */
export const failed = (which: Which) =>
  infiniteQueryOptions({
    queryKey: ['failed', which],
    queryFn: ({ pageParam, signal }) => failedMessages(which, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: asking,
  })

export function useRepeat() {
  const client = useQueryClient()
  const repeat = useMutation({
    mutationFn: (id: string) => repeatMessage(id),
    onSettled: () => client.invalidateQueries({ queryKey: ['failed'] }),
  })
  return useAfterwards(repeat)
}

export function useRepeatAll() {
  const client = useQueryClient()
  const repeat = useMutation({
    mutationFn: (which: Required<Which>) => repeatAllMessages(which),
    onSettled: () => client.invalidateQueries({ queryKey: ['failed'] }),
  })
  return useAfterwards(repeat)
}

export const contact = queryOptions({
  queryKey: ['contact'],
  queryFn: () => readContact(),
})

/** Puts in what changing it has answered. */
export function useContactChange<Given>(change: (given: Given) => Promise<Contact>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: (after) => client.setQueryData(contact.queryKey, after),
  })
}
