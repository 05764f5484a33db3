import type { Declared } from './declare.ts'
import { staff, resident } from './declare.ts'

/** What phones of the field hold and send. */
export const field = {
  personal: {
    'field_device.person_id': { purpose: ['name who answers'], ...staff },
    'field_device.label': { purpose: ['sign in'], ...staff },
    'field_device.secret_sealed': { purpose: ['sign in'], ...staff, sensitivity: 'sensitive' },
    'field_device.withdrawn_by': { purpose: ['name who answers'], ...staff },
    'field_entry.person_id': { purpose: ['name who answers'], ...staff },
    'field_entry.household_id': { purpose: ['serve households'], ...resident },
    'field_entry.data_sealed': { purpose: ['serve households'], ...resident, sensitivity: 'sensitive' },
    'field_entry.decided_by_id': { purpose: ['name who answers'], ...staff },
    'field_entry.decision_words': { purpose: ['serve households'], ...resident },
    'field_holding.person_id': { purpose: ['name who answers'], ...staff },
    'field_holding.household_id': { purpose: ['account for use'], ...resident },
    'field_holding.via_person_id': { purpose: ['name who answers'], ...staff },
    'field_mark.household_id': { purpose: ['serve households'], ...resident },
    'field_file.person_id': { purpose: ['name who answers'], ...staff },
  },
  notPersonal: {
    field_device: ['id', 'registered_at', 'seen_at', 'horizon', 'withdrawn_at', 'withdrawn_for'],
    // Of a problem the code and the field; what was said stands sealed.
    field_entry: [
      'id',
      'seq',
      'device_id',
      'kind',
      'path',
      'base_version',
      'device_at',
      'made_at',
      'received_at',
      'fate',
      'problem',
      'contested',
      'request_ids',
      'digest',
      'mended_by_id',
      'decided_at',
      'decision',
      'changed_in',
    ],
    field_holding: ['device_id', 'path', 'given_in', 'gone_in', 'gone_at', 'told_on'],
    field_mark: ['changed_in', 'marked_at'],
    field_file: ['entry_id', 'attachment_id', 'about', 'about_id', 'state', 'since'],
  },
} as const satisfies Declared
