import type { Call } from '#access/route.ts'
import { categoryNames, stepsAt } from '#catalogue/service.ts'
import { matterOf } from '#dispatch/choices.ts'
import { routeFor } from '#dispatch/choosing.ts'
import type { RouteView } from '#dispatch/contract.ts'
import type { Trx } from '#kernel/db.ts'
import { enqueue } from '#kernel/enqueue.ts'
import { refuse } from '#kernel/problem.ts'
import type { Command } from '#requests/commands.ts'
import { findTold, returnersOf } from '#requests/past.ts'
import { alikeTo } from './alike.ts'
import type { Alike, Figures, Suggestion } from './contract.ts'
import { modelsFor } from './models.ts'
import * as store from './store.ts'
import { textOf } from './train.ts'
import { categoryOf, urgencyOf } from './verdicts.ts'

/** Suggestions for an officer, who decides; what was suggested and what was decided is kept, for the figures. */

/** Name of the job that learns anew. */
export const learnTask = 'learn'

/** Districts that this process has asked to learn for the first time. */
const asked = new Set<string>()

type Matter = {
  request: string | undefined
  text: string
  path: string
  /** The place as everybody may know it. */
  openPath: string
  /** Set once a desk has accepted it. */
  category: string | null
  /** Who has it, who sent it back, whom it is about: none is proposed. */
  except: readonly string[]
  isConfidential: boolean
}

async function suggest(call: Call, matter: Matter): Promise<Suggestion> {
  const { trx, scope } = call
  const now = call.now.toString({ smallestUnit: 'millisecond' })
  const models = await modelsFor(trx, scope.district)
  if (models.version === 0 && !asked.has(scope.district)) {
    asked.add(scope.district)
    await enqueue(trx, learnTask)
  }
  const [names, inUse] = [await categoryNames(trx, call.language), await stepsAt(trx, now)]
  const { sure, guesses } = categoryOf(models.category, matter.text, (code) => inUse.has(code))
  const { urgency, ...why } = urgencyOf(models.urgency, matter.text)
  const category = matter.category ?? (sure ? guesses[0]!.code : null)
  // Who may know of a confidential matter is for the desk to weigh, not for precedent (RQ10).
  const handler =
    category && !matter.isConfidential
      ? handlerOf(await routeFor(trx, { category, path: matter.path, except: matter.except }, call))
      : null
  if (matter.request) {
    await store.offered(trx, {
      request: matter.request,
      path: matter.openPath,
      version: models.version,
      at: now,
      category: guesses[0]?.code ?? null,
      categorySure: sure,
      urgency,
      urgencySure: why.sure,
      handler: handler?.id ?? null,
    })
  }
  return {
    category: {
      sure,
      guesses: guesses.flatMap(({ code, because }) => {
        const name = names.get(code)
        return name ? [{ ...name, because }] : []
      }),
    },
    urgency: { urgency, ...why },
    handler,
    model:
      models.trainedAt === null
        ? null
        : { version: models.version, texts: models.texts, trainedAt: models.trainedAt },
  }
}

/** SG5 The one way by which somebody is proposed is dispatch's; where it knows nobody, nobody is suggested. */
function handlerOf({
  organisation,
  passed: _,
  failed: __,
  name: ___,
  rule: ____,
  ...route
}: RouteView): Suggestion['handler'] {
  return organisation && { ...route, ...organisation }
}

/** What is suggested for a request within reach. */
export async function suggestionFor(call: Call, id: string): Promise<Suggestion> {
  const request = (await findTold(call.trx, id)) ?? refuse('request.not_found')
  const returners = request.standing.returns > 0 ? (await returnersOf(call.trx, [id])).get(id) : []
  return suggest(call, {
    request: id,
    text: textOf(request),
    ...matterOf(request, returners ?? []),
  })
}

/** What is suggested for words that are still being written. */
export function suggestionForText(
  call: Call,
  text: { request?: string | undefined; words: string; path: string },
): Promise<Suggestion> {
  return suggest(call, {
    request: text.request,
    text: text.words,
    path: text.path,
    openPath: text.path,
    category: null,
    except: [],
    isConfidential: false,
  })
}

/** The category that words surely speak of, so that others learn the kind and no word of it; null while unsure. */
export async function surelyOf(
  { trx, scope, now }: Pick<Call, 'trx' | 'scope' | 'now'>,
  text: string,
): Promise<string | null> {
  const { category: model } = await modelsFor(trx, scope.district)
  const inUse = await stepsAt(trx, now.toString({ smallestUnit: 'millisecond' }))
  const { sure, guesses } = categoryOf(model, text, (code) => inUse.has(code))
  return sure ? (guesses[0]?.code ?? null) : null
}

/** Notes what an officer decided, in the transaction in which it is entered. Nothing is noted where nothing was shown. */
export async function noteChoice(trx: Trx, request: string, command: Command): Promise<void> {
  if (command.kind === 'accept')
    await store.chosen(trx, request, { category: command.category, urgency: command.urgency })
  if ('lead' in command) await store.chosen(trx, request, { handler: command.lead.organisation })
}

/** Solved requests like this one, with their answers. */
export async function alikeFor(call: Call, id: string): Promise<Alike> {
  const request = (await findTold(call.trx, id)) ?? refuse('request.not_found')
  const { category } = request.standing
  const { path } = request
  if (!category) return { items: [] }
  const { category: model } = await modelsFor(call.trx, call.scope.district)
  return {
    items: await alikeTo(call.trx, { id, category, path, text: textOf(request) }, model, call.now),
  }
}

const followedDays = 90

export async function figuresFor(call: Call): Promise<Figures> {
  const { trx } = call
  const version = await store.newestVersion(trx)
  const measures = await store.measuresOf(trx, version)
  const of = (kind: store.Kind) => measures.find((one) => one.kind === kind)
  const category = of('category')
  const since = call.now.subtract({ hours: followedDays * 24 }).toString()
  const followed = await store.followedSince(trx, since)
  return {
    model: category
      ? {
          version,
          trainedAt: category.trained_at,
          texts: category.texts,
          category: category.figures as NonNullable<Figures['model']>['category'],
          urgency: (of('urgency')?.figures ?? null) as NonNullable<Figures['model']>['urgency'],
        }
      : null,
    followed: (['category', 'urgency', 'handler'] as const).map((what) => ({ what, ...followed[what] })),
  }
}
