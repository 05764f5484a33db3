import official from '../data/official.json' with { type: 'json' }

/**
 * GB/T 9704-2012 in numbers: the page, the type area, the grid, sizes and where things stand. A twip is a twentieth of a
 * point; sizes of letters are in half points, as WordprocessingML counts them.
 */

export const mm = (millimetres: number): number => Math.round((millimetres * 1440) / 25.4)

/** 5.1 and 5.2.1: A4, 37 mm above, 28 mm at the binding edge, a type area of 156 by 225 mm. */
export const page = {
  width: mm(210),
  height: mm(297),
  top: mm(37),
  left: mm(28),
  right: mm(210 - 28 - 156),
  bottom: mm(297 - 37 - 225),
  typeWidth: mm(156),
} as const

/** Chinese sizes of letters, in half points: 二号, 三号, 四号. */
export const size = { two: 44, three: 32, four: 28 } as const

/** A character of number three, sixteen points, in twips. */
export const character = size.three * 10

/** 5.2.3: 22 lines to a page. */
export const linePitch = Math.floor(mm(225) / 22)

/**
 * 5.2.3: 28 characters to a line of 156 mm are a little narrower than their sixteen points. Said of each letter, in twips,
 * because programs differ in what they make of a grid of characters.
 */
export const narrower = Math.floor(mm(156) / 28 - character)

export const fonts = official.fonts

/** 7.3.1: a title of several lines is set one and a half times its letters high. */
export const titleLine = 22 * 20 * 1.5

/** 7.2.4 and 10.3: the mark stands 35 mm below the upper edge of the type area, 4 mm above it the red line below the number. */
export const markBefore = mm(35)
export const red = 'FF0000'
export const pointsUnderNumber = Math.round((4 * 72) / 25.4)

/** 7.5: the dashes beside the page number stand 7 mm below the type area; half a line of 14 points is 3 mm. */
export const footerFromEdge = mm(297 - 37 - 225 - 7 - 3)

/** 7.4.1: the first and last line of the closing are 0.35 mm, those between 0.25 mm; in eighths of a point. */
export const thick = Math.round((0.35 * 72 * 8) / 25.4)
export const thin = Math.round((0.25 * 72 * 8) / 25.4)

/** A mark as large as its line has room for, 52 points at the most; a long name gets smaller, never a second line. */
export function markSize(text: string): number {
  const room = page.typeWidth / 20 / [...text].length
  return Math.max(size.three, 2 * Math.min(52, Math.floor(room) - 1))
}

/** How many characters wide a text is: letters and digits are half as wide as Han. */
export function widthOf(text: string): number {
  return [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) < 0x2000 ? 0.5 : 1), 0)
}

/**
 * 7.3.5.2: name and day without a seal. The day begins two characters behind the name; whichever reaches further ends two
 * characters before the edge. In characters.
 */
export function signatureIndents(name: string, day: string): { name: number; day: number } {
  const [wide, narrow] = [widthOf(name), widthOf(day)]
  const beyond = narrow + 2 - wide
  return beyond > 0 ? { name: 2 + beyond, day: 2 } : { name: 2, day: 2 - beyond }
}

/** 1 to 99 in Han numerals: headings of the first two levels are numbered so (7.3.3). */
export function inHan(number: number): string {
  const { numerals, ten } = official
  const digit = (at: number) => [...numerals][at] ?? ''
  if (number < 10) return digit(number)
  const [tens, ones] = [Math.floor(number / 10), number % 10]
  return (tens > 1 ? digit(tens) : '') + ten + (ones > 0 ? digit(ones) : '')
}
