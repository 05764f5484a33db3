import type { VisitInput } from '#visits/contract.ts'
import type { Role } from '#access/permissions.ts'
import { civilDay } from '#kernel/clock.ts'
import { seededRule } from '#visits/rule-service.ts'
import { keepTasks } from '#visits/evaluate.ts'
import { district, paths, personOf } from './fixture.ts'
import { giveDoor, liveAt } from './homes.ts'
import type { TestServer } from './server.ts'
import { asOwner, newId, startDistrict } from './story.ts'

/** Rounds from door to door, in few words: each goes through the server's front door. */

export const ruleOf = (key: string) => seededRule(district, key)

/** The server with the rules that come with the product, and so many doors of the liaison. */
export async function startRounds(doors = 3) {
  const { server, staff } = await startDistrict()
  const homes = []
  for (let n = 1; n <= doors; n += 1) {
    const home = await liveAt(server.ownerUrl, paths.inside.unit, `door ${n}`, {
      number: `${n}01`,
      name: `住户${n}`,
    })
    await giveDoor(server.ownerUrl, home.dwelling, 'liaison')
    homes.push(home)
  }
  const liaison = await server.session('liaison')
  return { server, staff, homes, liaison }
}

/** What the worker does. */
export const work = (server: TestServer) => keepTasks(server.database, district, server.clock.now())

export type TaskRow = {
  id: string
  rule: string
  household: string | null
  period: string
  state: string
  endedAs: string | null
  tries: number
  nextTryOn: string | null
  person: string | null
}

/** Every task of a rule, as the owner sees it. */
export function tasksOfRule(server: TestServer, key: string): Promise<TaskRow[]> {
  return asOwner<TaskRow>(
    server,
    `select id, rule_id as rule, household_id as household, period, state, ended_as as "endedAs", tries,
       next_try_on::text as "nextTryOn", person_id as person from visit_task where rule_id = $1 order by period, household_id`,
    [ruleOf(key)],
  )
}

/** A visit, whatever comes of it. */
export async function visit(
  server: TestServer,
  token: string | undefined,
  household: string,
  body: Partial<Omit<VisitInput, 'household'>> & Record<string, unknown> = {},
) {
  const id = typeof body.id === 'string' ? body.id : newId(server)
  const answer = await server.call('POST', '/api/visits', {
    token,
    body: { id, household, outcome: 'met', deviceAt: server.clock.now().toString(), ...body },
    headers: { 'accept-language': 'en' },
  })
  return { id, ...answer }
}

/** Makes one person of the fixture stand in for another. */
export async function standIn(server: TestServer, away: Role, backup: Role, from: string, until: string) {
  await asOwner(server, `insert into absence values ($1, $2, $3, $4, $5, $6)`, [
    district,
    newId(server),
    personOf(away),
    personOf(backup),
    from,
    until,
  ])
}

export const todayOf = (server: TestServer) => civilDay(server.clock.now())
