import type { Declared } from './declare.ts'

/** What was learned from categories chosen before. */
export const suggest = {
  personal: {},
  notPersonal: {
    // Terms that at least five reporters used, and no names among them: nothing of one person's.
    suggestion_model: [
      'kind',
      'version',
      'trained_at',
      'terms',
      'labels',
      'rarity',
      'weights',
      'offsets',
      'unknown_rarity',
      'sharpness',
      'threshold',
      'texts',
      'figures',
    ],
    suggestion_offer: [
      'request_id',
      'path',
      'model_version',
      'offered_at',
      'category_code',
      'category_sure',
      'urgency',
      'urgency_sure',
      'handler_id',
      'chosen_category',
      'chosen_urgency',
      'chosen_handler_id',
    ],
  },
} as const satisfies Declared
