import type { Declared } from './declare.ts'
import { staff } from './declare.ts'

/** Who was asked for help, and who took it. */
export const offers = {
  personal: {
    'offer.by_person_id': { purpose: ['name who answers'], ...staff },
    'offer.taken_by_person_id': { purpose: ['name who answers'], ...staff },
    'offer_ask.person_id': { purpose: ['plan who serves whom'], ...staff },
    'offer_ask.parts': { purpose: ['plan who serves whom'], ...staff },
    'offer_ask.skills': { purpose: ['plan who serves whom'], ...staff },
  },
  notPersonal: {
    offer: [
      'id',
      'request_id',
      'path',
      'organisation_id',
      'at',
      'skills',
      'slots',
      'lon',
      'lat',
      'hours',
      'state',
      'round',
      'round_ends_at',
      'taken_at',
      'over_at',
      'over_for',
    ],
    offer_ask: [
      'offer_id',
      'round',
      'rank',
      'cost',
      'asked_at',
      'until_at',
      'answer',
      'answered_at',
      'basis',
    ],
  },
} as const satisfies Declared
