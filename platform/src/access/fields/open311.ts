import type { Declared } from './declare.ts'
import { staff, reporter } from './declare.ts'

/** What was published, and by which program something came. */
export const open311 = {
  personal: {
    // Freed of whatever is personal before it is cleared; declared all the same, so that an erasure looks here too (RQ15).
    'publication.title': { purpose: ['answer requests'], ...reporter },
    'publication.description': { purpose: ['answer requests'], ...reporter },
    'publication.cleared_by': { purpose: ['name who answers'], ...staff },
    'publication.withdrawn_by': { purpose: ['name who answers'], ...staff },
  },
  notPersonal: {
    open311_request: ['request_id', 'client_id', 'received_at'],
    publication: ['id', 'request_id', 'entry_id', 'cleared_for', 'cleared_at', 'withdrawn_at'],
  },
} as const satisfies Declared
