import type { Declared } from './declare.ts'

/** Routes, and what was chosen. */
export const dispatch = {
  personal: {},
  notPersonal: {
    routing_rule: [
      'id',
      'version',
      'valid_from',
      'valid_until',
      'ended',
      'group_code',
      'category_code',
      'path',
      'organisation_id',
      'functions',
      'desk_level',
      'basis',
      'set_by',
      'set_at',
    ],
    // The place is the community: no door, and so nobody (RQ15).
    dispatch_choice: [
      'entry_id',
      'request_id',
      'path',
      'category_code',
      'at',
      'turn',
      'chosen_id',
      'proposed_id',
      'why',
      'rule_id',
      'rule_version',
      'precedent_id',
    ],
    dispatch_step: ['request_id', 'step', 'organisation_id', 'urgent', 'since', 'due_at', 'told_at'],
  },
} as const satisfies Declared
