import type { Declared } from './declare.ts'
import { ledger } from './declare.ts'

/** The ledger of what was read and done. */
export const audit = {
  personal: {
    'audit_entry.actor_id': { purpose: ['account for use'], ...ledger },
    'audit_entry.subject_id': { purpose: ['account for use'], ...ledger },
    'audit_entry.reporter_id': { purpose: ['account for use'], ...ledger },
    'audit_entry.reason': { purpose: ['account for use'], ...ledger },
    'audit_entry.detail': { purpose: ['account for use'], ...ledger },
  },
  notPersonal: {
    audit_entry: [
      'lane',
      'seq',
      'at',
      'actor_kind',
      'organisation_id',
      'action',
      'purpose',
      'subject_kind',
      'path',
      'hash',
    ],
    audit_head: ['lane', 'seq', 'hash'],
  },
} as const satisfies Declared
