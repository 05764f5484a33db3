import { boardLevels, dues, figureKinds, whys } from '#dispatch/lists.ts'

/** What the address of the board says: which view of it, and of what. A figure and a sum drill down by such an address. */

export const dispatchTabs = ['board', 'own', 'list', 'figures'] as const
export type DispatchTab = (typeof dispatchTabs)[number]

export type DispatchSearch = {
  /** The first that one may see when left out. */
  tab?: DispatchTab | undefined
  path?: string | undefined
  group?: string | undefined
  category?: string | undefined
  organisation?: string | undefined
  /** Name of that organisation, for the heading. */
  of?: string | undefined
  level?: (typeof boardLevels)[number] | undefined
  state?: string | undefined
  due?: (typeof dues)[number] | undefined
  own?: 'true' | undefined
  figure?: (typeof figureKinds)[number] | undefined
  month?: string | undefined
  why?: (typeof whys)[number] | undefined
}

const one = <Value extends string>(values: readonly Value[], value: unknown) =>
  values.find((known) => known === value)
const text = (value: unknown) => (typeof value === 'string' && value ? value : undefined)

/** Anything else in the address is dropped. */
export function readDispatchSearch(search: Record<string, unknown>): DispatchSearch {
  const read: DispatchSearch = {
    tab: one(dispatchTabs, search['tab']),
    path: text(search['path']),
    group: text(search['group']),
    category: text(search['category']),
    organisation: text(search['organisation']),
    of: text(search['of']),
    level: one(boardLevels, search['level']),
    state: text(search['state']),
    due: one(dues, search['due']),
    own: search['own'] === 'true' || search['own'] === true ? 'true' : undefined,
    figure: one(figureKinds, search['figure']),
    month: text(search['month']),
    why: one(whys, search['why']),
  }
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined))
}
