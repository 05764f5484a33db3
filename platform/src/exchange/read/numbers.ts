/** Numbers of a workbook as a person sees them: dates are numbers too, and only the cell's format tells. Pure. */

/** Formats that Excel has without writing them down (ECMA-376, 18.8.30), with those of Chinese ones (27 to 36, 50 to 58). */
const builtInDates = new Set([
  14,
  15,
  16,
  17,
  22,
  ...Array.from({ length: 10 }, (_, at) => 27 + at),
  ...Array.from({ length: 9 }, (_, at) => 50 + at),
])

/** Whether a number format shows a date: it names a year or a day outside quotes, brackets and escapes. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return builtInDates.has(id)
  return /[yd]/i.test(code.replaceAll(/"[^"]*"|\[[^\]]*\]|\\.|_./g, '').split(';')[0] ?? '')
}

const dayMs = 86_400_000

/** A day count as `YYYY-MM-DD`, null beyond the calendar of a workbook. @param from1904 the other calendar, of old Macs. */
export function dayText(serial: number, from1904: boolean): string | null {
  const days = Math.floor(serial)
  if (days < 1 || days > 2_958_465) return null
  // Excel believes in a 29 February 1900; days before it are one later than they say.
  const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < 60 ? 31 : 30)
  return new Date(epoch + days * dayMs).toISOString().slice(0, 10)
}

/** Digits beyond the fifteenth are not what somebody typed: a spreadsheet keeps no more. */
export const isRounded = (value: number): boolean => Number.isInteger(value) && Math.abs(value) >= 1e15

/** A number as it was typed: no exponent, no trailing noise of binary fractions. */
export function numberText(value: number): string {
  if (Number.isInteger(value)) return BigInt(value).toString()
  const text = String(Number(value.toPrecision(15)))
  return /e/i.test(text) ? value.toFixed(10).replace(/\.?0+$/, '') : text
}
