import { infiniteQueryOptions, useMutation } from '@tanstack/react-query'
import type { z } from 'zod'
import type { AuditQuery, auditListSchema, verificationSchema } from '#audit/contract.ts'
import { call } from '#web/api/client.ts'

export type AuditFilters = Omit<AuditQuery, 'after' | 'limit'>
export type Verified = z.infer<typeof verificationSchema>

export const auditList = (filters: AuditFilters) =>
  infiniteQueryOptions({
    queryKey: ['audit', filters],
    queryFn: ({ pageParam, signal }) =>
      call<z.infer<typeof auditListSchema>>('GET', '/api/audit', { query: { ...filters, after: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })

/** Reads every chain of the ledger anew and tells what does not fit. */
export const useVerify = () => useMutation({ mutationFn: () => call<Verified>('POST', '/api/audit/verification') })
