import type { Declared } from './declare.ts'
import { staff, disputed } from './declare.ts'

/** Neighbours' disputes: almost nobody reads them (MD1). */
export const mediation = {
  personal: {
    // What neighbours fell out about: kept by the People's Mediation Law (art. 27), read by almost nobody (MD1).
    'mediation.title': { purpose: ['settle disputes'], ...disputed },
    'mediation.opened_by': { purpose: ['name who answers'], ...staff },
    'mediation_party.resident_id': { purpose: ['settle disputes'], ...disputed },
    'mediation_party.name': { purpose: ['settle disputes'], ...disputed },
    'mediation_mediator.person_id': { purpose: ['name who answers'], ...staff },
    'mediation_entry.words': { purpose: ['settle disputes'], ...disputed },
    'mediation_entry.by_person_id': { purpose: ['name who answers'], ...staff },
  },
  notPersonal: {
    mediation: [
      'id',
      'organisation_id',
      'path',
      'request_id',
      'state',
      'follow_up_on',
      'version',
      'opened_at',
    ],
    mediation_party: ['mediation_id', 'id', 'organisation_id'],
    mediation_mediator: ['mediation_id', 'organisation_id', 'since', 'until'],
    mediation_entry: ['mediation_id', 'seq', 'id', 'organisation_id', 'kind', 'at', 'on_day'],
  },
} as const satisfies Declared
