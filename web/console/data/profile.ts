import { queryOptions } from '@tanstack/react-query'
import type { Absence, NewAbsence, Profile, ProfileChange } from '#people/profile-contract.ts'
import { call } from '#web/api/client.ts'
import { useChange } from './change.ts'

export type { Absence, Profile, ProfileChange }

export const profileOf = (person: string) =>
  queryOptions({
    queryKey: ['people', 'profile', person],
    queryFn: ({ signal }) => call<Profile>('GET', `/api/people/${person}/profile`, { signal }),
  })

export const useProfileChange = (person: string) =>
  useChange(({ version, ...change }: ProfileChange & { version: number }) =>
    call<Profile>('PUT', `/api/people/${person}/profile`, { body: change, ifMatch: version }), ['people'])

export const useNewAbsence = () =>
  useChange((absence: NewAbsence) => call<Absence>('POST', '/api/absences', { body: absence, again: 1 }), ['people'])

export const useAbsenceEnd = () =>
  useChange(({ id, on, version }: { id: string; on: string; version: number }) =>
    call<Absence>('POST', `/api/absences/${id}/end`, { body: { on }, ifMatch: version }), ['people'])
