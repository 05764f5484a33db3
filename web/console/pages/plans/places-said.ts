import type { TFunction } from 'i18next'
import type { PlanPerson } from '#liaison/lists-contract.ts'

/** Stairwells as people name them: 24号楼2、3单元, then the next building. */
export function placesSaid(t: TFunction, places: PlanPerson['places']): string {
  const buildings = [...Map.groupBy(places, ({ path }) => path.split('/').slice(0, -2).join('/')).values()]
  return buildings
    .map((units) =>
      t('plans.unitsOf', {
        building: units[0]?.building ?? '',
        units: shortened(units.map(({ unit }) => unit)).join(t('plans.listComma')),
      }),
    )
    .join(t('comma'))
}

/** 2单元 and 3单元 share their ending, which is said once. */
function shortened(names: readonly string[]): string[] {
  const ending = /\D+$/.exec(names[0] ?? '')?.[0] ?? ''
  if (names.length < 2 || !ending || !names.every((name) => /^\d/.test(name) && name.endsWith(ending)))
    return [...names]
  return names.map((name, at) => (at === names.length - 1 ? name : name.slice(0, -ending.length)))
}
