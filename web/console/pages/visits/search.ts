/** What the address of the page says: which list, and of what. A figure drills down by such an address. */

export const visitTabs = ['tasks', 'visits', 'figures', 'rules', 'spots'] as const
type Tab = (typeof visitTabs)[number]

const keys = [
  'state',
  'due',
  'endedAs',
  'path',
  'person',
  'rule',
  'from',
  'until',
  'outcome',
  'answer',
] as const
type Key = (typeof keys)[number]
export type VisitSearch = { tab: Tab } & { [key in Key]?: string | undefined }

/** Anything else in the address is dropped. */
export function readVisitSearch(search: Record<string, unknown>): VisitSearch {
  const tab = visitTabs.find((one) => one === search['tab']) ?? 'tasks'
  const read: VisitSearch = { tab }
  for (const key of keys) {
    const value = search[key]
    if (typeof value === 'string' && value) read[key] = value
  }
  return read
}

/** The part of the address that a list asks the server for. */
export function wanted(search: VisitSearch, ...of: readonly Key[]): Record<string, string> {
  return Object.fromEntries(of.flatMap((key) => (search[key] ? [[key, search[key]]] : [])))
}
