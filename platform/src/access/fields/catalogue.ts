import type { Declared } from './declare.ts'
import { staff } from './declare.ts'

/** Categories, and who set their limits. */
export const catalogue = {
  personal: {
    'category_limit.set_by': { purpose: ['name who answers'], ...staff },
    'category_change.set_by': { purpose: ['name who answers'], ...staff },
  },
  notPersonal: {
    category: [
      'code',
      'name_zh',
      'name_en',
      'group_zh',
      'group_en',
      'leads',
      'helpers',
      'needed',
      'active',
      'version',
    ],
    category_limit: ['category_code', 'valid_from', 'version', 'steps', 'set_at'],
    category_change: [
      'category_code',
      'valid_from',
      'version',
      'leads',
      'helpers',
      'needed',
      'active',
      'set_at',
    ],
  },
} as const satisfies Declared
