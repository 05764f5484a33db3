import type { Declared } from './declare.ts'
import { staff } from './declare.ts'

/** Working hours and days off. */
export const deadlines = {
  personal: {
    'district_calendar.set_by': { purpose: ['name who answers'], ...staff },
    'district_hours.set_by': { purpose: ['name who answers'], ...staff },
  },
  notPersonal: {
    district_calendar: ['hours', 'published', 'version', 'set_at'],
    district_hours: ['valid_from', 'version', 'hours', 'set_at'],
    holiday: ['day', 'working', 'name'],
  },
} as const satisfies Declared
