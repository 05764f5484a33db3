import { afterAll, beforeAll, expect, test } from 'vitest'
import { ids, personOf } from '#tests/fixture.ts'
import type { TestServer } from '#tests/server.ts'
import { accept, asOwner, enter, entered, said, startDistrict } from '#tests/story.ts'

let server: TestServer
let desk: string
beforeAll(async () => {
  const made = await startDistrict()
  server = made.server
  desk = made.staff.community_desk
})
afterAll(() => server.close())

const give = async (lead: { organisation: string; person?: string }, assisting: string[] = []) => {
  const { id } = await said(server)
  await entered(server, desk, id, accept)
  const { status, json } = await enter(server, desk, id, { kind: 'assign', lead, assisting })
  return { status, code: json.code, field: json.field }
}

test('RQ1 whoever is named to solve it serves in the organisation that is', async () => {
  expect(await give({ organisation: ids.firm, person: personOf('handler') })).toMatchObject({ status: 200 })
  expect(await give({ organisation: ids.bureau, person: personOf('handler') })).toEqual({
    status: 422,
    code: 'request.no_such_lead',
    field: 'body.lead.person',
  })
})

test('RQ1 an organisation that is no more neither holds a request nor helps', async () => {
  await asOwner(server, 'update organisation set active = false where id = $1', [ids.bureau])
  const refused = { status: 422, code: 'request.no_such_lead', field: 'body.lead' }
  expect(await give({ organisation: ids.bureau })).toEqual(refused)
  expect(await give({ organisation: ids.firm }, [ids.bureau])).toEqual(refused)
})
