import { route } from '#access/route.ts'
import type { Call, Route } from '#access/route.ts'
import {
  calendarChangeSchema,
  calendarSchema,
  calendarYearSchema,
  hoursChangeSchema,
  workingHoursSchema,
} from './contract.ts'
import { calendarYear, changeCalendarYear, changeHours } from './service.ts'

const by = (call: Call) => ({
  person: call.actor.kind === 'staff' ? call.actor.id : null,
  now: call.now.toString({ smallestUnit: 'millisecond' }),
})

export function deadlineRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/calendar',
      allow: 'category.read',
      summary: 'Days off and moved working days of a year; presumed years are marked',
      query: calendarYearSchema,
      output: calendarSchema,
      etag: (output) => output.version,
      run: async (call, { query }) => calendarYear(call.trx, query.year, by(call).now),
      audit: 'public',
    }),
    route({
      method: 'PUT',
      path: '/api/calendar/years/:year',
      allow: 'category.change',
      summary: 'Enter a year as a notice tells it; terms that run already are not moved',
      params: calendarYearSchema,
      body: calendarChangeSchema,
      output: calendarSchema,
      ifMatch: true,
      etag: (output) => output.version,
      run: async (call, { params, body }) =>
        changeCalendarYear(call.trx, params.year, call.version ?? 0, body, by(call)),
      audit: ({ params, body }) => ({ subjectKind: 'calendar', detail: { year: params.year, ...body } }),
    }),
    route({
      method: 'PUT',
      path: '/api/calendar/hours',
      allow: 'category.change',
      summary: 'Set the hours of a working day from a day on; terms that run already are not moved',
      body: hoursChangeSchema,
      output: workingHoursSchema,
      ifMatch: true,
      etag: (output) => output.version,
      run: async (call, { body }) => changeHours(call.trx, call.version ?? 0, body, by(call)),
      audit: ({ body }) => ({ subjectKind: 'calendar', detail: body }),
    }),
  ]
}
