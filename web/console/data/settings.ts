import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type {
  CalendarChange,
  CalendarYear,
  calendarYearSchema,
  HoursChange,
  workingHoursSchema,
} from '#deadlines/contract.ts'
import type {
  CalendarEffect,
  CalendarPreview,
  CategoryEffect,
  CategoryPreview,
  SettingsHistory,
} from '#settings/contract.ts'
import { call } from '#web/api/client.ts'
import { useChange } from './change.ts'

export const calendarOf = (year: z.infer<typeof calendarYearSchema>['year']) =>
  queryOptions({
    queryKey: ['calendar', year],
    queryFn: ({ signal }) => call<CalendarYear>('GET', '/api/calendar', { query: { year }, signal }),
  })

function useCalendarPut<Change, Answer>(path: string, version: number) {
  return useChange((change: Change) => call<Answer>('PUT', path, { body: change, ifMatch: version }), ['calendar'])
}

/** Enters a year as it was read; when somebody changed it meanwhile the server refuses (If-Match). */
export const useYearChange = ({ year, version }: CalendarYear) =>
  useCalendarPut<CalendarChange, CalendarYear>(`/api/calendar/years/${year}`, version)

export const useHoursChange = ({ version }: CalendarYear) =>
  useCalendarPut<HoursChange, z.infer<typeof workingHoursSchema>>('/api/calendar/hours', version)

/** What a change of a year would do; asked for anew with every day that is marked. */
export const calendarEffect = (change: CalendarPreview) =>
  queryOptions({
    queryKey: ['calendar', 'effect', change],
    queryFn: ({ signal }) => call<CalendarEffect>('POST', '/api/calendar/preview', { body: change, signal }),
    staleTime: 60_000,
  })

export const categoryEffect = (code: string, change: CategoryPreview) =>
  queryOptions({
    queryKey: ['categories', code, 'effect', change],
    queryFn: ({ signal }) =>
      call<CategoryEffect>('POST', `/api/categories/${code}/preview`, { body: change, signal }),
    staleTime: 60_000,
  })

type Kind = SettingsHistory['items'][number]['kind']

export const settingsHistory = (kind: Kind | undefined) =>
  infiniteQueryOptions({
    queryKey: ['settings', 'history', kind],
    queryFn: ({ pageParam, signal }) =>
      call<SettingsHistory>('GET', '/api/settings/history', { query: { kind, after: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })
