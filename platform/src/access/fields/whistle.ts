import type { Declared } from './declare.ts'
import { staff, reporter } from './declare.ts'

/** Whistles, and who reported in. */
export const whistle = {
  personal: {
    'whistle.blower_person_id': { purpose: ['name who answers'], ...staff },
    'whistle.standing': { purpose: ['name who answers'], ...staff },
    'whistle_part.person_id': { purpose: ['name who answers'], ...staff },
    'whistle_entry.by_person_id': { purpose: ['name who answers'], ...staff },
    'whistle_entry.words': { purpose: ['answer requests'], ...reporter },
    'whistle_entry.data': { purpose: ['name who answers'], ...staff },
  },
  notPersonal: {
    whistle: [
      'id',
      'path',
      'blower_organisation_id',
      'town_organisation_id',
      'urgent',
      'state',
      'turn_organisation_id',
      'due_at',
      'next_alarm_at',
      'late',
      'formed_at',
      'blown_at',
      'done_at',
      'over_at',
      'last_entry_at',
      'seq',
    ],
    whistle_request: ['whistle_id', 'request_id', 'place', 'open'],
    whistle_part: [
      'whistle_id',
      'organisation_id',
      'role',
      'awaited',
      'blown_at',
      'due_at',
      'reported_at',
      'released_at',
      'done_at',
      'rating',
    ],
    whistle_entry: ['whistle_id', 'seq', 'id', 'kind', 'at', 'by_organisation_id'],
  },
} as const satisfies Declared
