import { infiniteQueryOptions, useMutation } from '@tanstack/react-query'
import { call } from '#web/api/client.ts'

export type AuditEntry = {
  lane: number
  seq: number
  at: string
  actor: { kind: 'anyone' | 'follower' | 'reporter' | 'staff' | 'system'; id: string | null; name: string | null }
  action: string
  purpose: string
  subject: { kind: string; id: string | null } | null
  reason: string | null
  path: string | null
}
export type AuditFilters = { actor?: string; action?: string; subject?: string; from?: string; until?: string }
type Audit = { items: AuditEntry[]; next: string | null }
export type Verified = { entries: number; lanes: number; broken: { lane: number; seq: number; what: string }[] }

export const auditList = (filters: AuditFilters) =>
  infiniteQueryOptions({
    queryKey: ['audit', filters],
    queryFn: ({ pageParam, signal }) => call<Audit>('GET', '/api/audit', { query: { ...filters, after: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })

export const useVerify = () => useMutation({ mutationFn: () => call<Verified>('POST', '/api/audit/verify', {}) })
