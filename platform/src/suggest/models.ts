import { reader } from '#engines/classify/score.ts'
import type { Reader } from '#engines/classify/score.ts'
import type { Trx } from '#kernel/db.ts'
import * as store from './store.ts'
import { learnApart, modelOf } from './train.ts'

/** The models in use: the district's newest, or, before it has any, those made of seed words alone. */

export type Models = {
  category: Reader
  urgency: Reader
  version: number
  texts: number
  trainedAt: string | null
}

let cold: Promise<Models> | undefined

/** Models that know nothing but the seed words; made once a process. They are never sure. */
export function coldModels(): Promise<Models> {
  cold ??= learnApart([]).then(
    ({ category, urgency }) => ({
      category: reader(category.model),
      urgency: reader(urgency.model),
      version: 0,
      texts: 0,
      trainedAt: null,
    }),
    (error: unknown) => {
      cold = undefined
      throw error
    },
  )
  return cold
}

const held = new Map<string, Models>()

/** The newest models of the transaction's district, read from the database only when there are newer ones. */
export async function modelsFor(trx: Trx, district: string): Promise<Models> {
  const version = await store.newestVersion(trx)
  if (version === 0) return coldModels()
  const known = held.get(district)
  if (known?.version === version) return known
  const rows = await store.modelsOf(trx, version)
  const of = (kind: store.Kind) => rows.find((row) => row.kind === kind)
  const category = of('category')
  const urgency = of('urgency')
  if (!category || !urgency) return coldModels()
  const models = {
    category: reader(modelOf(category)),
    urgency: reader(modelOf(urgency)),
    version,
    texts: category.texts,
    trainedAt: category.trained_at,
  }
  held.set(district, models)
  return models
}
