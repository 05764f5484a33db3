/** How personal data looks while it is closed: enough to recognise, not enough to use (boundary 3). */

/** The first character, then two stars. */
export function maskName(name: string): string {
  const [first = ''] = name
  return `${first}**`
}

/** First three and last four digits. */
export function maskPhone(phone: string): string {
  return `${phone.slice(0, 3)} **** ${phone.slice(-4)}`
}
