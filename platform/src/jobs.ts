import { removeEnded } from '#access/sessions.ts'
import { anchorHeads } from '#audit/anchor.ts'
import { solveScenario, solveTask } from '#liaison/solving.ts'
import { ringSteps } from '#dispatch/steps.ts'
import { tidyField, uploadsWaitedFor } from '#field/tidy.ts'
import { wholeOf } from '#kernel/db.ts'
import { localFiles } from '#kernel/files.ts'
import { runJobs } from '#kernel/jobs.ts'
import type { Jobs } from '#kernel/jobs.ts'
import type { Log } from '#kernel/log.ts'
import { sendWaiting } from '#notify/outbox.ts'
import { importTask, runImport, tidyImports } from '#exchange/run.ts'
import { homeDistricts } from '#org/service.ts'
import { keepOffers } from '#offers/clock.ts'
import { fillInitials } from '#people/service.ts'
import { drawCalls } from '#requests/calls/calls.ts'
import { drawn } from '#requests/calls/sampling.ts'
import { ringAlarms } from '#requests/clock.ts'
import { finishErasures } from '#requests/erasure/finish.ts'
import { tidyUploads } from '#requests/files/tidy.ts'
import { indexStale } from '#requests/search/searchable.ts'
import { learnTask } from '#suggest/service.ts'
import { train } from '#suggest/train.ts'
import { catchUp, evaluateFor, keepTasks } from '#visits/evaluate.ts'
import { drawSpots } from '#visits/spot.ts'
import { keepWishes } from '#wishes/clock.ts'
import { ringWhistles } from '#whistle/clock.ts'
import { followOpen } from '#whistle/follow.ts'
import type { AppOptions } from './app.ts'
import { carriersOf } from './carriers.ts'

/** What the worker does by itself: beside `app.ts` the other place that knows every capability. */

/** How many requests are read into the index again in one transaction, and how many transactions a minute brings. */
const indexAtOnce = 200
const indexRounds = 50

/** What happens without anybody asking, for every district of the installation. */
function jobsOf({ config, database, keys, clock, log }: AppOptions): Jobs {
  const files = localFiles(config.dataDir)
  const carriers = carriersOf(config, keys, clock)
  const inEachDistrict = (work: (district: string) => Promise<unknown>) => async () => {
    for (const { district } of await homeDistricts(database.pool)) await work(district)
  }
  return {
    tasks: {
      ring: inEachDistrict(async (district) => {
        const count = await ringAlarms(database, district, clock.now(), log)
        if (count > 0) log?.info({ task: 'ring', count, district }, 'alarms entered')
      }),
      steps: inEachDistrict(async (district) => {
        const count = await ringSteps(database, district, clock.now(), log)
        if (count > 0) log?.info({ task: 'steps', count, district }, 'late steps told')
      }),
      whistles: inEachDistrict(async (district) => {
        const count =
          (await followOpen(database, district, clock.now(), log)) +
          (await ringWhistles(database, district, clock.now(), log))
        if (count > 0) log?.info({ task: 'whistles', count, district }, 'whistles moved')
      }),
      send: inEachDistrict((district) =>
        sendWaiting(database, district, {
          ...carriers,
          keys,
          now: clock.now(),
          publicUrl: config.publicUrl,
        }),
      ),
      anchor: inEachDistrict((district) =>
        anchorHeads({ database, district, dataDir: config.dataDir, keys, now: clock.now() }),
      ),
      // Asked each minute, done once a day: whenever the machine was away at night.
      draw: inEachDistrict(async (district) => {
        const count = await drawCalls(database, district, clock.now())
        if (count > 0) log?.info({ task: 'draw', count, district }, 'calls drawn')
      }),
      visits: inEachDistrict(async (district) => {
        const count = await keepTasks(database, district, clock.now())
        if (count > 0) log?.info({ task: 'visits', count, district }, 'visit tasks made')
        await drawSpots(database, district, clock.now(), drawn)
      }),
      offers: inEachDistrict(async (district) => {
        const count = await keepOffers(database, district, clock.now(), log)
        if (count > 0) log?.info({ task: 'offers', count, district }, 'offers went on or ended')
      }),
      wishes: inEachDistrict(async (district) => {
        const count = await keepWishes(database, district, clock.now(), log)
        if (count > 0) log?.info({ task: 'wishes', count, district }, 'wishes went on')
      }),
      visitsAt: async ({ household = '' }) =>
        inEachDistrict((district) =>
          database.within(wholeOf(district), (trx) => evaluateFor(trx, [household], clock.now())),
        )(),
      visitsAgain: inEachDistrict((district) => catchUp(database, district, clock.now())),
      [learnTask]: inEachDistrict(async (district) => {
        const { version, texts } = await train(database, district, clock.now())
        log?.info({ task: learnTask, version, texts, district }, 'suggestions learned')
      }),
      [solveTask]: (payload) => solveScenario({ database, clock, log }, payload),
      erase: inEachDistrict((district) =>
        finishErasures({ database, district, files, keys, now: clock.now(), log }),
      ),
      tidy: async () => {
        const districts = (await homeDistricts(database.pool)).map(({ district }) => district)
        for (const district of districts) await tidyField(database, district, clock.now())
        const yesterday = clock.now().subtract({ hours: 24 })
        await tidyUploads(database, districts, files, yesterday, uploadsWaitedFor)
        for (const district of districts)
          await database.within(wholeOf(district), (trx) => removeEnded(trx, clock.now()))
      },
      [importTask]: ({ district = '', id = '' }) =>
        runImport({ database, files, keys, now: () => clock.now() }, { district, id }, log),
      tidyImports: inEachDistrict((district) =>
        tidyImports({ database, files, keys, now: () => clock.now() }, district),
      ),
      index: inEachDistrict(async (district) => {
        // In small transactions: who enters something meanwhile waits for one of them at most.
        for (let left = indexRounds; left > 0; left -= 1) {
          const many = await database.within(wholeOf(district), (trx) => indexStale(trx, keys, indexAtOnce))
          if (many < indexAtOnce) break
        }
        await database.within(wholeOf(district), (trx) => fillInitials(trx, 10 * indexAtOnce))
      }),
    },
    often: ['ring'],
    everyMinute: ['steps', 'whistles', 'send', 'anchor', 'index', 'draw', 'visits', 'offers', 'wishes'],
    everyNight: ['erase', 'tidy', 'tidyImports', 'visitsAgain', learnTask],
  }
}

/** Runs the jobs until stopped. @param url of the job runner's role. */
export async function startWorker(
  options: AppOptions & { workerUrl: string; log: Log },
): Promise<{ stop(): Promise<void> }> {
  return runJobs({ url: options.workerUrl, jobs: jobsOf(options), log: options.log })
}
