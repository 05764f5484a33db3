import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import type { z } from 'zod'
import type { errorsSchema, importListSchema, ImportState, ImportView, keptSchema } from '#exchange/contract.ts'
import { call } from '#web/api/client.ts'
import { newId } from '#web/api/ids.ts'

/** Registers that come in as files: what the page asks of the server, and how a file gets there. */

export type { ImportView }
type Errors = z.infer<typeof errorsSchema>
export type ErrorItem = Errors['items'][number]

const working: readonly ImportState[] = ['reading', 'checking', 'applying', 'undoing']
export const isWorking = ({ state }: ImportView): boolean => working.includes(state)

const base = '/api/imports'
/** How often a page that waits looks again. */
const lookAgain = 700

export const imports = infiniteQueryOptions({
  queryKey: ['imports', 'list'],
  queryFn: ({ pageParam, signal }) =>
    call<z.infer<typeof importListSchema>>('GET', base, { query: { after: pageParam }, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
})

export const importOf = (id: string) =>
  queryOptions({
    queryKey: ['imports', 'one', id],
    queryFn: ({ signal }) => call<ImportView>('GET', `${base}/${id}`, { signal }),
    refetchInterval: ({ state }) => (state.data && isWorking(state.data) ? lookAgain : false),
  })

export const errorsOf = (one: ImportView, code: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['imports', 'errors', one.id, one.version, code ?? ''],
    queryFn: ({ pageParam, signal }) =>
      call<Errors>('GET', `${base}/${one.id}/errors`, { query: { code, after: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })

export const keptOf = (id: string) =>
  queryOptions({
    queryKey: ['imports', 'kept', id],
    queryFn: ({ signal }) => call<z.infer<typeof keptSchema>>('GET', `${base}/${id}/kept`, { signal }),
  })

export const emptyAddress = `${base}/empty.xlsx`
export const sheetAddress = (id: string): string => `${base}/${id}/errors.xlsx`

/** One step further with an import; what comes back is what the page shows next. */
export function useStep(one: ImportView) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ method, what, body }: { method: 'PUT' | 'POST' | 'DELETE'; what: string; body?: object }) =>
      call<ImportView>(method, `${base}/${one.id}${what}`, { ifMatch: one.version, ...(body && { body }) }),
    onSuccess: (next) => {
      client.setQueryData(importOf(one.id).queryKey, next)
      void client.invalidateQueries({ queryKey: ['imports', 'list'] })
    },
  })
}

const partBytes = 2_000_000

export type Sending = { id: string; sent: number; whole: number } | null

/** Sends a file in parts. A part that does not get through is sent again; what has arrived is not sent a second time. */
export function useUpload() {
  const client = useQueryClient()
  const [sending, setSending] = useState<Sending>(null)
  const given = useRef(newId())
  const mutation = useMutation({
    mutationFn: async ({ file, path, id = given.current }: { file: File; path: string; id?: string }) => {
      const body = { id, kind: 'households', path, fileName: file.name, bytes: file.size }
      let one = await call<ImportView>('POST', base, { body, again: 2 })
      while (one.state === 'uploading') {
        setSending({ id, sent: one.received, whole: file.size })
        const form = new FormData()
        form.append('at', String(one.received))
        form.append('file', file.slice(one.received, one.received + partBytes), 'part')
        one = await call<ImportView>('POST', `${base}/${id}/parts`, { body: form, again: 4 })
      }
      return one
    },
    onSuccess: (one) => {
      given.current = newId()
      client.setQueryData(importOf(one.id).queryKey, one)
      void client.invalidateQueries({ queryKey: ['imports', 'list'] })
    },
    onError: () => {
      // Another file is another import, unless the same one is tried again.
      given.current = newId()
    },
    onSettled: () => setSending(null),
  })
  const send = useCallback((file: File, path: string, id?: string) => mutation.mutateAsync({ file, path, ...(id && { id }) }), [mutation])
  return { send, sending, error: mutation.error, isPending: mutation.isPending }
}
