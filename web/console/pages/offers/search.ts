/** What the address of the page says. */
export const offerTabs = ['live', 'over', 'wishes'] as const
export type OfferTab = (typeof offerTabs)[number]

export function readOfferSearch(search: Record<string, unknown>): { tab: OfferTab } {
  return { tab: offerTabs.find((one) => one === search['tab']) ?? 'live' }
}
