/** Every address of the field door. */
export const paths = {
  today: () => '/field',
  households: () => '/field/households',
  household: (id: string) => `/field/households/${id}`,
  edit: (id: string) => `/field/households/${id}/edit`,
  choose: () => '/field/visit',
  visit: (id: string) => `/field/visit/${id}`,
  offer: (id: string) => `/field/offers/${id}`,
  queue: () => '/field/queue',
  conflicts: () => '/field/conflicts',
  report: () => '/field/report',
  idea: () => '/field/idea',
  me: () => '/field/me',
  told: () => '/field/told',
} as const
