import type { Declared } from './declare.ts'
import { staff, reporter } from './declare.ts'

/** Joint meetings, their members and decisions. */
export const meetings = {
  personal: {
    // What a decision repeats of a request goes with it (RQ15, `app.erase_from_meetings`).
    'meeting.made_by_person_id': { purpose: ['name who answers'], ...staff },
    'meeting_member.attended_by': { purpose: ['name who answers'], ...staff },
    'meeting_item.title': { purpose: ['answer requests'], ...reporter },
    'meeting_item.words': { purpose: ['answer requests'], ...reporter },
    'meeting_item.demand': { purpose: ['answer requests'], ...reporter },
    'meeting_item.decided_by_person_id': { purpose: ['name who answers'], ...staff },
  },
  notPersonal: {
    joint_meeting: ['id', 'path', 'level', 'organisation_id', 'name', 'mark', 'chair', 'version', 'made_at'],
    meeting_seat: ['joint_id', 'organisation_id', 'post', 'seat'],
    meeting: [
      'id',
      'joint_id',
      'path',
      'at',
      'place',
      'state',
      'year',
      'number',
      'called_at',
      'opened_at',
      'held_at',
      'made_at',
      'version',
    ],
    meeting_member: ['meeting_id', 'organisation_id', 'kind', 'post', 'seat', 'attendance'],
    meeting_item: [
      'id',
      'meeting_id',
      'path',
      'seq',
      'request_id',
      'guarded',
      'reasons',
      'tabled_at',
      'outcome',
      'lead_organisation_id',
      'assisting',
      'due_at',
      'category_code',
      'keeps_precedent',
      'decided_at',
      'effect',
    ],
  },
} as const satisfies Declared
