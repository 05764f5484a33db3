import type { Declared } from './declare.ts'
import { staff } from './declare.ts'

/** Who is on duty. */
export const rota = {
  personal: {
    'rota.set_by': { purpose: ['name who answers'], ...staff },
    'rota_line.person_id': { purpose: ['name who answers'], ...staff },
    'rota_line.backup_person_id': { purpose: ['name who answers'], ...staff },
    'rota_line.set_by': { purpose: ['name who answers'], ...staff },
    'rota_swap.person_id': { purpose: ['name who answers'], ...staff },
    'rota_swap.backup_person_id': { purpose: ['name who answers'], ...staff },
    'rota_swap.set_by': { purpose: ['name who answers'], ...staff },
  },
  notPersonal: {
    // The number of the desk, whoever is on duty.
    rota: ['organisation_id', 'path', 'phone', 'version', 'set_at'],
    rota_line: [
      'id',
      'organisation_id',
      'path',
      'name',
      'weekdays',
      'days',
      'from_minute',
      'minutes',
      'valid_from',
      'valid_until',
      'instead',
      'version',
      'set_at',
    ],
    rota_swap: ['id', 'organisation_id', 'path', 'line_id', 'on_day', 'set_at'],
  },
} as const satisfies Declared
