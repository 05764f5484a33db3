import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Absence, NewAbsence, Profile, ProfileChange } from '#people/profile-contract.ts'
import { call } from '#web/api/client.ts'

export type { Absence, Profile, ProfileChange }

export const profileOf = (person: string) =>
  queryOptions({
    queryKey: ['people', 'profile', person],
    queryFn: ({ signal }) => call<Profile>('GET', `/api/people/${person}/profile`, { signal }),
  })

function useChange<Input>(send: (input: Input) => Promise<unknown>) {
  const client = useQueryClient()
  return useMutation({ mutationFn: send, onSuccess: () => client.invalidateQueries({ queryKey: ['people'] }) })
}

export const useProfileChange = (person: string) =>
  useChange(({ version, ...change }: ProfileChange & { version: number }) =>
    call<Profile>('PUT', `/api/people/${person}/profile`, { body: change, ifMatch: version }),
  )

export const useNewAbsence = () =>
  useChange((absence: NewAbsence) => call<Absence>('POST', '/api/absences', { body: absence, again: 1 }))

export const useAbsenceEnd = () =>
  useChange(({ id, on, version }: { id: string; on: string; version: number }) =>
    call<Absence>('POST', `/api/absences/${id}/end`, { body: { on }, ifMatch: version }),
  )
