import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import type { Robot, RobotKind } from './sending-contract.ts'

/** SQL of the table robot. Private to this folder. */

export type RobotRow = {
  id: string
  organisation: string
  kind: RobotKind
  name: string
  origin: string
  target: Buffer
  shape: string | null
  accepted: string | null
  language: 'zh-CN' | 'en'
  declined: string[]
  active: boolean
  version: number
}

const columns = sql.raw(
  `id, organisation_id as organisation, kind, name, origin, target_sealed as target, shape, accepted, language, declined, active, version`,
)

export async function robotById(trx: Trx, id: string): Promise<RobotRow | undefined> {
  const { rows } = await sql<RobotRow>`
    select ${columns} from robot where district_code = app.district() and id = ${id}`.execute(trx)
  return rows[0]
}

/** Every robot of the district; there are as many as people set up. */
export async function allRobots(trx: Trx): Promise<RobotRow[]> {
  const { rows } = await sql<RobotRow>`
    select ${columns} from robot where district_code = app.district() order by id limit 1000`.execute(trx)
  return rows
}

export type Last = NonNullable<Robot['last']> & { id: string }

/** What became of the last message to each. */
export async function lastMessages(trx: Trx): Promise<Last[]> {
  const { rows } = await sql<Last>`
    select robot_id as id, state, reason, detail, at from app.robots_last()`.execute(trx)
  return rows
}

type By = { person: string | null; now: string }

/** Adds a robot, or changes it from the version that the caller saw. @returns false when that is not the last one */
export async function keepRobot(trx: Trx, row: RobotRow, seen: number, by: By): Promise<boolean> {
  const { numAffectedRows } =
    seen === 0
      ? await sql`
          insert into robot (district_code, id, organisation_id, kind, name, origin, target_sealed, shape, accepted, language,
            declined, active, version, set_by, set_at)
          values (app.district(), ${row.id}, ${row.organisation}, ${row.kind}, ${row.name}, ${row.origin}, ${row.target}, ${row.shape},
            ${row.accepted}, ${row.language}, ${sql.val(row.declined)}::text[], ${row.active}, 1, ${by.person}::uuid, ${by.now})
          on conflict do nothing`.execute(trx)
      : await sql`
          update robot set organisation_id = ${row.organisation}, kind = ${row.kind}, name = ${row.name}, origin = ${row.origin},
            target_sealed = ${row.target}, shape = ${row.shape}, accepted = ${row.accepted}, language = ${row.language},
            declined = ${sql.val(row.declined)}::text[], active = ${row.active}, version = version + 1, set_by = ${by.person}::uuid,
            set_at = ${by.now}
          where district_code = app.district() and id = ${row.id} and version = ${seen}`.execute(trx)
  return numAffectedRows === 1n
}
