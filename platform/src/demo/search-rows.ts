import type { Keys } from '#kernel/keys.ts'
import { lineOf, placeWords } from '#org/rules.ts'
import { documentOf, namedAt } from '#requests/search/searchable.ts'
import { quoted } from '#search/lexemes.ts'
import { reporterMarks } from '#search/reporters.ts'
import { rowOf } from '#search/service.ts'
import type { Row } from './copy.ts'
import type { DemoRequest } from './demo-request.ts'
import { partiesOf } from './request-rows.ts'
import { areasOf } from './rows.ts'
import type { World } from './world.ts'

/** What each request of the demo is found by, made as the product makes it. */
export function searchRows(world: World, keys: Keys): (request: DemoRequest) => Row {
  const areas = new Map([...areasOf(world)].map((area) => [area.path, area]))
  const nameOf = (path: string) => placeWords(lineOf(path).flatMap((one) => areas.get(one) ?? []))
  return (request) => {
    const { id, entries, standing, reporter } = request
    const row = rowOf(
      documentOf(
        { ...request, confided: null },
        { id, standing, entries, parties: [...partiesOf(entries).keys()] },
        (path) => namedAt(path).map(nameOf),
        reporterMarks(keys, reporter),
      ),
    )
    return [
      world.geography.district.code,
      row.request,
      row.at,
      row.guarded,
      row.lexemes.map(quoted).join(' '),
    ]
  }
}
