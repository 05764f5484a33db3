import { deskAbove } from './climbing.ts'
import { desksBeside } from './confidence/rules.ts'
import { states } from './lifecycle.ts'
import type { AlarmShare } from './lists.ts'
import { resumed } from './reviewing.ts'
import type { World } from './rules.ts'
import { apply, nextAlarm } from './standing.ts'
import type { Entry, Standing } from './standing.ts'

/** What the clock enters. Pure: the job brings the time. */

/** Whether the answer reached its reporter; `nobody`: who said it is erased, and no word will come (RQ15). */
type Heard = boolean | 'nobody'

/** What the clock enters when an alarm is due (RQ5, RQ7), and how the request stands then; null when nothing is due at `world.now`. */
export function ring(
  standing: Standing,
  id: (share: AlarmShare) => string,
  heard: Heard,
  world: Pick<World, 'now' | 'desks' | 'plan'>,
): { entry: Entry; standing: Standing } | null {
  const alarm = nextAlarm(standing)
  const { clock } = states[standing.state]
  if (!alarm || !clock || Date.parse(alarm.at) > Date.parse(world.now)) return null
  const base = {
    id: id(alarm.share),
    at: world.now,
    channel: 'clock',
    by: { kind: 'system' as const },
    words: null,
  }
  if (clock === 'pause') {
    // As far as was agreed, not as late as the clock may come round.
    const [resume] = resumed({ ...base, visible: true }, standing, world, alarm.at) ?? []
    const entry = { ...base, ...resume } as Entry
    return { entry, standing: apply(standing, entry) }
  }
  const entry = alarmEntry(
    base,
    clock,
    alarm.share,
    heard,
    deskAbove(standing.level, desksBeside(world.desks, standing.complainedOf))?.organisation,
  )
  return { entry, standing: apply(standing, entry) }
}

type Base = Pick<Entry, 'id' | 'at' | 'channel' | 'by' | 'words'>

function alarmEntry(
  base: Base,
  clock: 'triage' | 'solve' | 'word' | 'appeal',
  share: AlarmShare,
  heard: Heard,
  above: string | undefined,
): Entry {
  if (clock === 'word' && heard)
    return {
      ...base,
      kind: 'close',
      visible: true,
      data: { grounds: heard === 'nobody' ? 'erased' : 'silence' },
    }
  if (clock === 'word' || share !== 'due')
    return { ...base, kind: 'remind', visible: false, data: { clock, share } }
  return { ...base, kind: 'supervise', visible: true, data: { clock, above } }
}
