import type { Declared } from './declare.ts'

/** What the product keeps about itself. */
export const kernel = {
  personal: {},
  notPersonal: {
    worker_alive: ['worker_id', 'seen_at'],
  },
} as const satisfies Declared
