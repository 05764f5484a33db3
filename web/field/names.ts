import names from './data/names.json'

/** Names as one says them at a door, and as one types them in a hurry. */

/** The family name; two characters for the compound ones. */
export function surnameOf(name: string): string {
  const two = [...name].slice(0, 2).join('')
  return names.compound.includes(two) && [...name].length > 2 ? two : ([...name][0] ?? '')
}

const order = new Intl.Collator('zh-CN-u-co-pinyin')
const surnames: Record<string, string> = names.surnames

/** The letter a character's sound begins with, from the order of the dictionary; no table of sounds is needed. */
function letterOf(char: string): string {
  if (!/\p{Script=Han}/u.test(char)) return char.toLowerCase()
  let found = ''
  for (const [letter = '', first = ''] of names.letters) if (order.compare(char, first) >= 0) found = letter
  return found
}

/** First letters of the sounds of a name: `hgz`; a surname that sounds otherwise than the word is read as a surname. */
export function initialsOf(name: string): string {
  return [...name]
    .map((char, index) => (index === 0 ? (surnames[char] ?? letterOf(char)) : letterOf(char)))
    .join('')
}
