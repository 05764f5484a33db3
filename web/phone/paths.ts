/** Every address of the phone door. */
export const paths = {
  home: () => '/',
  say: () => '/say',
  said: (id: string) => `/said/${id}`,
  mine: () => '/mine',
  request: (id: string) => `/mine/${id}`,
  find: () => '/find',
  /** With an address of this door, to come back to it. */
  logIn: (then?: string) => (then ? `/login?then=${encodeURIComponent(then)}` : '/login'),
  people: () => '/people',
  /** What the code at the entrance of a stairwell opens. */
  stairwell: (code: string) => `/u/${code}`,
  looks: () => '/looks',
  rights: () => '/my-data',
  erased: (id: string) => `/erased/${id}`,
  notices: () => '/notices',
  visit: (token: string) => `/visit/${token}`,
  wishes: () => '/wishes',
  contact: () => '/contact',
} as const
