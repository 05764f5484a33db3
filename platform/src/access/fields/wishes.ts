import type { Declared } from './declare.ts'
import { staff, reporter } from './declare.ts'

/** Wishes, who told them and who took them up. */
export const wishes = {
  personal: {
    // Words of a wish may tell of need; they are cleared before anybody but the desk reads any of it (WI2).
    'wish.title': { purpose: ['answer requests'], ...reporter },
    'wish.words': { purpose: ['answer requests'], ...reporter },
    'wish_told.words': { purpose: ['answer requests'], ...reporter, sensitivity: 'sensitive' },
    'wish_told.path': { purpose: ['answer requests'], ...reporter },
    'wish_told.reporter_id': { purpose: ['answer requests'], ...reporter },
    'wish_told.told_by_person_id': { purpose: ['name who answers'], ...staff },
    'wish_claim.person_id': { purpose: ['name who answers'], ...staff },
    'wish_claim.reporter_id': { purpose: ['answer requests'], ...reporter },
    'wish_entry.by_person_id': { purpose: ['name who answers'], ...staff },
    'wish_entry.by_reporter_id': { purpose: ['answer requests'], ...reporter },
    'wish_entry.words': { purpose: ['answer requests'], ...reporter },
  },
  notPersonal: {
    wish: [
      'id',
      'code',
      'kind',
      'path',
      'state',
      'claimed_by',
      'told_at',
      'published_at',
      'due_at',
      'changed_at',
      'seq',
    ],
    wish_told: ['wish_id', 'told_by_organisation_id'],
    wish_claim: ['id', 'wish_id', 'path', 'by_kind', 'organisation_id', 'at', 'ended_at', 'ended_for'],
    wish_entry: ['wish_id', 'seq', 'id', 'kind', 'at', 'by_kind', 'basis'],
  },
} as const satisfies Declared
