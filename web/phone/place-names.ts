/** People here name the compound; the community only where nothing finer was chosen. */
export function inWords({ names, door }: { names: string[]; door?: string | undefined }): string {
  return (names.length > 1 ? names.slice(1) : names).join('') + (door ?? '')
}

/** What two names begin with, cut before a number that it would break. */
function sharedBeginning(one: string, other: string): string {
  let length = 0
  while (length < one.length && one[length] === other[length]) length += 1
  return one.slice(0, length).replace(/\d+$/, '')
}

/**
 * Names in a row, each without the beginning it shares with the one before, as they are said aloud:
 * building 3 unit 2, building 3 unit 3 becomes building 3 unit 2, unit 3.
 */
export function withoutRepeats(names: string[]): string[] {
  return names.map((name, index) => {
    const before = names[index - 1]
    if (before === undefined || before === name) return name
    return name.slice(sharedBeginning(before, name).length) || name
  })
}
