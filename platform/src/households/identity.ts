/** The resident identity number (GB 11643-1999): 17 digits and a check character. Pure. */

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checks = '10X98765432'

/** Its one spelling: no blanks, a capital X. */
export function spelledIdentity(text: string): string {
  return text.replaceAll(/\s/g, '').toUpperCase()
}

/** Whether its length, birthday and check character are right. @param text in its one spelling. */
export function isIdentity(text: string): boolean {
  if (!/^\d{17}[\dX]$/.test(text) || !isDay(text.slice(6, 14))) return false
  return text[17] === checkCharacter(text)
}

/** The check character that the first 17 digits ask for. */
export function checkCharacter(digits: string): string {
  let sum = 0
  for (const [at, weight] of weights.entries()) sum += weight * Number(digits[at])
  return checks[sum % 11] ?? ''
}

/** Year of birth that stands in the number. */
export function birthYearOf(identity: string): number {
  return Number(identity.slice(6, 10))
}

/** `YYYYMMDD` that the calendar knows. */
function isDay(text: string): boolean {
  const [year, month, day] = [text.slice(0, 4), text.slice(4, 6), text.slice(6)].map(Number)
  if (year === undefined || month === undefined || day === undefined) return false
  if (year < 1900 || month < 1 || month > 12 || day < 1) return false
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  return days !== undefined && day <= days
}
