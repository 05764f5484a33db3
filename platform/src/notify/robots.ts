import type { Trx } from '#kernel/db.ts'
import { enqueue } from '#kernel/enqueue.ts'
import { derivedId } from '#kernel/ids.ts'
import { open, seal } from '#kernel/keys.ts'
import type { Keys } from '#kernel/keys.ts'
import { refuse } from '#kernel/problem.ts'
import { originOf } from './http-answer.ts'
import { kinds } from './kinds.ts'
import type { RobotProvider, RobotTarget } from './robot-carrier.ts'
import * as rows from './robots-store.ts'
import type { RobotRow } from './robots-store.ts'
import type { Robot, RobotChange } from './sending-contract.ts'
import { add } from './store.ts'

/** NT18: robots in the chat groups of organisations, set up by the IT desk. */

/** Names of organisations; handed in by the composition root, because notify stands below those who know them. */
export type OrganisationNames = (
  trx: Trx,
  ids: readonly string[],
) => Promise<ReadonlyMap<string, { name: string }>>

export type RobotDeps = {
  keys: Keys
  robots: Pick<RobotProvider, 'origins'>
  organisations: OrganisationNames
}

const sealedAs = (id: string) => `robot.target:${id}`
type Secret = { url: string; secret: string | null }

function secretOf(row: RobotRow, keys: Keys): Secret {
  return JSON.parse(open(keys, row.target, sealedAs(row.id))) as Secret
}

const onlyOf = (declined: readonly string[]) => kinds.filter((kind) => declined.includes(`${kind}:robot`))

/** Where a message to a robot goes; null when it gets none any more. */
export async function robotTarget(
  trx: Trx,
  id: string,
  keys: Keys,
): Promise<(RobotTarget & { language: 'zh-CN' | 'en' }) | null> {
  const row = await rows.robotById(trx, id)
  if (!row?.active) return null
  const { kind, shape, accepted, language } = row
  return { kind, shape, accepted, language, ...secretOf(row, keys) }
}

/** Every robot, without its key. */
export async function listRobots(trx: Trx, deps: RobotDeps): Promise<Robot[]> {
  const all = await rows.allRobots(trx)
  const last = new Map((await rows.lastMessages(trx)).map((one) => [one.id, one]))
  const names = await deps.organisations(
    trx,
    all.map(({ organisation }) => organisation),
  )
  return all.map((row) => shown(row, names, last, deps))
}

function shown(
  row: RobotRow,
  names: ReadonlyMap<string, { name: string }>,
  last: ReadonlyMap<string, rows.Last>,
  { keys, robots }: RobotDeps,
): Robot {
  const { target: _, declined, ...rest } = row
  const found = last.get(row.id)
  return {
    ...rest,
    declined: onlyOf(declined),
    organisationName: names.get(row.organisation)?.name ?? null,
    allowed: robots.origins.includes(row.origin),
    signed: secretOf(row, keys).secret !== null,
    last: found ? { state: found.state, reason: found.reason, detail: found.detail, at: found.at } : null,
  }
}

/** Sets a robot up, or changes it. An address or secret that is not given stays as it is kept. */
export async function keepRobot(
  trx: Trx,
  id: string,
  seen: number,
  { url, secret, declined, ...change }: RobotChange,
  { deps, person, now }: { deps: RobotDeps; person: string | null; now: string },
): Promise<Robot> {
  const before = seen === 0 ? undefined : await rows.robotById(trx, id)
  if (seen > 0 && !before) refuse('record.not_found')
  const kept = before && secretOf(before, deps.keys)
  const target = url ?? kept?.url ?? refuse('robot.no_url', { field: 'body.url' })
  const origin = originOf(target)
  if (!deps.robots.origins.includes(origin))
    refuse('robot.not_allowed', {
      field: 'body.url',
      params: { origins: deps.robots.origins.join(' ') || '-' },
    })
  const names = await deps.organisations(trx, [change.organisation])
  if (!names.has(change.organisation))
    refuse('input.invalid', { field: 'body.organisation', params: { count: 1 } })
  if (change.kind === 'http') checkShape(change.shape)
  const isHttp = change.kind === 'http'
  const sealedTarget = seal(
    deps.keys,
    JSON.stringify({ url: target, secret: secret === undefined ? (kept?.secret ?? null) : secret }),
    sealedAs(id),
  )
  const row: RobotRow = {
    ...change,
    id,
    origin,
    target: sealedTarget,
    shape: isHttp ? change.shape : null,
    accepted: isHttp ? change.accepted : null,
    declined: declined.map((kind) => `${kind}:robot`),
    version: seen + 1,
  }
  if (!(await rows.keepRobot(trx, row, seen, { person, now }))) refuse('changed_meanwhile')
  const last = new Map((await rows.lastMessages(trx)).map((one) => [one.id, one]))
  return shown(row, names, last, deps)
}

/** The body is JSON before its gaps are filled, and has one for the words. */
function checkShape(shape: string | null): void {
  try {
    if (shape?.includes('{text}') && JSON.parse(shape) !== null) return
  } catch {
    // Told below, with what was expected.
  }
  refuse('robot.wrong_shape', { field: 'body.shape' })
}

/** Writes a trial message to a robot; it goes the way of every other. The same id is one message. */
export async function tryRobot(trx: Trx, id: string, trial: string, now: string): Promise<void> {
  const row = await rows.robotById(trx, id)
  if (!row?.active) refuse('record.not_found')
  await add(trx, [
    {
      id: derivedId('robot', trial, id),
      channel: 'robot',
      to: { organisation: row.organisation },
      template: 'robot.test',
      params: {},
      request: null,
      at: now,
      device: id,
      // Somebody waits beside the group for it.
      urgent: true,
      notBefore: null,
      digest: false,
    },
  ])
  await enqueue(trx, 'send')
}
