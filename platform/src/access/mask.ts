/** How personal data looks while it is closed: enough to recognise, not enough to use (boundary 3). */

/** The first character, then two stars. */
export function maskName(name: string): string {
  const [first = ''] = name
  return `${first}**`
}

/**
 * First three digits and the last one. Not the customary last four: with the request's code they are the reporter's key
 * (AC17), and whoever only reads a request must not hold it.
 */
export function maskPhone(phone: string): string {
  return `${phone.slice(0, 3)} **** ***${phone.slice(-1)}`
}
