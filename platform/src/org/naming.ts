import names from './data/names.json' with { type: 'json' }
import type { DivisionLevel } from './import.ts'

/** Names that an import makes out of the official list of divisions, which names committees and not desks. */

type Ending = { ending: string }

function ruleFor<R extends Ending>(rules: readonly R[], name: string): R | undefined {
  return rules.find(({ ending }) => name.endsWith(ending) && name.length > ending.length)
}

/**
 * Villages by the name of their committee; where the name does not say, by the code: 001 to 199 are residents'
 * committees, 200 to 399 villagers', 400 to 499 like the former, 500 on like the latter (National Bureau of
 * Statistics, rules for division codes of 2009).
 */
export function isVillage(name: string, code: string): boolean {
  const number = Number(code.slice(-3))
  return ruleFor(names.committees, name)?.village ?? ((number >= 200 && number < 400) || number >= 500)
}

/** The desk of an area that an import makes: the committee, the office, or the district's own desk. */
export function deskName(level: DivisionLevel, name: string): { name: string; shortName: string } {
  switch (level) {
    case 'community': {
      const rule = ruleFor(names.committees, name)
      if (!rule)
        return { name: name + names.committeeOfCommunity, shortName: name + names.committeeOfCommunity }
      return { name, shortName: name.slice(0, -rule.ending.length) + rule.short }
    }
    case 'subdistrict': {
      const rule = ruleFor(names.offices, name)
      return { name: rule ? name.slice(0, -rule.ending.length) + rule.office : name, shortName: name }
    }
    case 'district':
      return { name: name + names.districtDesk.name, shortName: name.slice(-1) + names.districtDesk.short }
  }
}

const byPinyin = new Intl.Collator('zh-u-co-pinyin')
const firsts = Object.entries(names.pinyinFirsts)

/** The letter a Han character's pinyin begins with; null for what is not Han. */
function letterOf(character: string): string | null {
  if (/[A-Za-z]/.test(character)) return character.toUpperCase()
  if (!/\p{Script=Han}/u.test(character)) return null
  return firsts.findLast(([, first]) => byPinyin.compare(character, first) >= 0)?.[0] ?? null
}

/** Two to four letters before the short codes of a district's requests: GY for Guangyang. An import may be told others. */
export function codePrefix(districtName: string): string {
  const ending = names.districtEndings.find(
    (one) => districtName.endsWith(one) && [...districtName].length - [...one].length >= 2,
  )
  const core = ending ? districtName.slice(0, -ending.length) : districtName
  const letters = [...core].flatMap((character) => letterOf(character) ?? []).join('')
  return letters.slice(0, 4).padEnd(2, 'X')
}
