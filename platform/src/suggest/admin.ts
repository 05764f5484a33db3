import type { AdminAction } from '#kernel/admin.ts'
import { homeDistricts } from '#org/service.ts'
import { train } from './train.ts'

const percent = (share: number | null | undefined) =>
  share == null ? '-' : `${Math.round(share * 1000) / 10}%`

/** `admin suggest train`: learns now instead of tonight, and prints how good it is on texts held out. */
export const trainNow: AdminAction = async ({ database, clock, print }) => {
  for (const { district } of await homeDistricts(database.pool)) {
    const { version, texts, learned } = await train(database, district, clock.now())
    print(`${district}: version ${version} from ${texts} requests`)
    for (const kind of ['category', 'urgency'] as const) {
      const { figures } = learned[kind]
      print(
        figures
          ? `  ${kind}: ${percent(figures.accuracy)} right; sure about ${percent(figures.coverage)}, ${percent(figures.precision)} of these right`
          : `  ${kind}: too few requests to say how good it is`,
      )
    }
  }
  return 0
}
