import type { Declared } from './declare.ts'
import { staff } from './declare.ts'

/** What offices ask of grids, and who agreed to it. */
export const matters = {
  personal: {
    'grid_matter_list.set_by': { purpose: ['name who answers'], ...staff },
    'grid_push.made_by': { purpose: ['name who answers'], ...staff },
    'grid_push.decided_by': { purpose: ['name who answers'], ...staff },
  },
  notPersonal: {
    // What offices ask of grids; nothing of a resident's.
    grid_matter_list: ['version', 'groups', 'set_at'],
    grid_push: [
      'id',
      'organisation_id',
      'path',
      'matter_code',
      'title',
      'words',
      'purpose',
      'hours',
      'starts_on',
      'ends_on',
      'state',
      'made_at',
      'decided_at',
      'decision_words',
      'version',
    ],
  },
} as const satisfies Declared
