import { sql } from 'kysely'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scopeFor } from '#access/actor.ts'
import type { Scope } from '#kernel/db.ts'
import { confide, door, giveTo, matter } from './confided.ts'
import type { Confided, Place } from './confided.ts'
import { district, ids, paths } from './fixture.ts'
import { openStream } from './streams.ts'
import { accept, answered, asOwner, enter, entered, newId, said, startDistrict } from './story.ts'

/** RQ10 and boundary 7: a confidential request, through the front door and beneath it in the database. */

let at: Place
const get = (token: string | undefined, url: string) => at.server.call('GET', url, { token })
const see = async (token: string | undefined, id: string) => (await get(token, `/api/requests/${id}`)).status
beforeAll(async () => {
  at = await startDistrict()
})
afterAll(() => at.server.close())

/** What a forgotten WHERE would show to the person of this post. */
async function rows(scope: Scope, statement: ReturnType<typeof sql>): Promise<Record<string, unknown>[]> {
  return at.server.database.within(scope, async (trx) => (await statement.execute(trx)).rows as never)
}
const scopeOf = (organisation: string, role: 'handler' | 'community_desk' | 'grid_worker', path: string) =>
  scopeFor(
    {
      kind: 'staff',
      id: newId(at.server),
      name: 'x',
      secondFactor: true,
      posts: [{ role, organisation, path, deskLevel: role === 'handler' ? null : 'community' }],
    },
    'request.read',
    district,
  )
const ofFirm = () => scopeOf(ids.firm, 'handler', paths.inside.community)
const ofDesk = () => scopeOf(ids.community, 'community_desk', paths.inside.community)
const about = ({ request }: Confided) => sql`${request}::uuid`

describe('RQ10 complained of: the firm', () => {
  let one: Confided
  beforeAll(async () => {
    one = await confide(at, [ids.firm])
  })

  test('the desk of the place has it, knows who said it and of whom it is', async () => {
    const { json } = await get(at.staff.community_desk, `/api/requests/${one.request}`)
    expect(json).toMatchObject({
      confidential: true,
      withheld: false,
      path: door,
      reporter: { name: '穆**', phone: '100 **** ***9' },
      complainedOf: [{ id: ids.firm, name: '和顺物业' }],
    })
    expect(json.words).toContain('保安队长')
    const reveal = await at.server.call('POST', `/api/requests/${one.request}/reveals`, {
      token: at.staff.community_desk,
      body: { reason: '问清时间' },
    })
    expect(reveal.json).toEqual({ phone: '10076543219' })
  })

  test('the firm does not see that there is a request; a WHERE left out shows it nothing', async () => {
    expect(await see(at.staff.handler, one.request)).toBe(404)
    for (const scope of [ofFirm(), { ...ofFirm(), paths: [paths.district] }]) {
      expect(await rows(scope, sql`select 1 from service_request where id = ${about(one)}`)).toEqual([])
      expect(await rows(scope, sql`select 1 from request_entry where request_id = ${about(one)}`)).toEqual([])
      expect(await rows(scope, sql`select 1 from request_confidence`)).toEqual([])
      expect(await rows(scope, sql`select 1 from attachment where request_id = ${about(one)}`)).toEqual([])
      expect(await rows(scope, sql`select 1 from message where request_id = ${about(one)}`)).toEqual([])
      expect(await rows(scope, sql`select 1 from reporter where id = ${one.reporter}`)).toEqual([])
    }
  })

  test('one who also serves at the desk is still one of the firm', async () => {
    const scope = { ...ofDesk(), belongs: [ids.community, ids.firm] }
    expect(await rows(scope, sql`select 1 from service_request where id = ${about(one)}`)).toEqual([])
    expect(await rows(scope, sql`select 1 from request_confidence`)).toEqual([])
  })

  test('the row itself holds no words and no door, so that whatever copies it copies neither', async () => {
    const [row] = await asOwner(at.server, 'select * from service_request where id = $1', [one.request])
    expect(row).toMatchObject({ title: '保密诉求', words: '', place: '', lon: null, lat: null })
    for (const secret of one.secrets.filter((text) => text !== one.reporter))
      expect(JSON.stringify(row)).not.toContain(secret)
    const messages = await asOwner(at.server, 'select params from message where request_id = $1', [
      one.request,
    ])
    expect(new Set(messages.map(({ params }) => params.title))).toEqual(new Set(['保密诉求']))
  })

  test('code and phone tail open nothing, so that nobody is found out by trying phones', async () => {
    const answer = await at.server.call('POST', '/api/follow', {
      body: { code: one.code, phoneTail: '3219' },
    })
    expect([answer.status, answer.json.code]).toEqual([404, 'request.wrong_code_or_tail'])
    expect(await see(one.token, one.request)).toBe(200)
  })

  test('the firm comes last among those who could solve it, and says so', async () => {
    const { json } = await get(at.staff.community_desk, `/api/requests/${one.request}/handlers`)
    expect(json.items.at(-1)).toMatchObject({ id: ids.firm, complainedOf: true, mayKnow: false })
  })

  test('given to the firm after a second yes, it reads the desk’s words and nothing of who said it', async () => {
    const refused = await entered(at.server, at.staff.community_desk, one.request, { ...accept }).then(() =>
      enter(at.server, at.staff.community_desk, one.request, {
        kind: 'assign',
        lead: { organisation: ids.firm },
        words: matter,
      }),
    )
    expect([refused.status, refused.json.code]).toEqual([409, 'request.is_complained_of'])
    await entered(at.server, at.staff.community_desk, one.request, {
      kind: 'assign',
      lead: { organisation: ids.firm },
      words: matter,
      evenComplainedOf: true,
    })
    const { json, text } = await get(at.staff.handler, `/api/requests/${one.request}`)
    expect(json).toMatchObject({
      title: matter,
      words: matter,
      path: '131003/131003001/131003001001/131003001001001/',
      place: '和平小区',
      reporter: null,
      withheld: true,
      complainedOf: [],
      attachments: [],
    })
    expect(json.entries.map(({ kind }: { kind: string }) => kind)).toEqual(['assign', 'accept'])
    for (const secret of one.secrets) expect(text).not.toContain(secret)
    expect(await rows(ofFirm(), sql`select 1 from request_confidence`)).toEqual([])
    expect(await rows(ofFirm(), sql`select 1 from reporter where id = ${one.reporter}`)).toEqual([])
    expect(await rows(ofFirm(), sql`select 1 from message where to_reporter_id = ${one.reporter}`)).toEqual(
      [],
    )
    expect(
      await rows(
        ofFirm(),
        sql`select distinct by_kind from request_entry where request_id = ${about(one)} and by_kind = 'reporter'`,
      ),
    ).toEqual([])
  })

  test('it takes, answers and reads itself; what the reporter says to that stays with the desk', async () => {
    await entered(at.server, at.staff.handler, one.request, { kind: 'take', words: '核对账目' })
    await entered(at.server, at.staff.handler, one.request, answered)
    const again = await entered(at.server, one.token, one.request, {
      kind: 'reopen',
      words: '他们没有给我票',
    })
    expect(again.state).toBe('in_progress')
    const { json, text } = await get(at.staff.handler, `/api/requests/${one.request}`)
    expect(json.state).toBe('in_progress')
    expect(json.entries.map(({ kind }: { kind: string }) => kind)).toEqual([
      'answer',
      'take',
      'assign',
      'accept',
    ])
    expect(text).not.toContain('没有给我票')
    const list = await get(at.staff.handler, '/api/requests?queue=mine')
    expect(list.json.items).toMatchObject([{ id: one.request, lastEntry: { kind: 'answer' } }])
    const mine = await get(one.token, `/api/requests/${one.request}`)
    expect(mine.text).toContain('没有给我票')
    expect(mine.text).toContain('保安队长')
  })

  test('nobody has the number shown who may not know', async () => {
    const reveal = await at.server.call('POST', `/api/requests/${one.request}/reveals`, {
      token: at.staff.handler,
      body: { reason: '上门' },
    })
    expect([reveal.status, reveal.json.code]).toEqual([403, 'access.not_allowed'])
  })

  test('a photo that the desk cleared is seen, the others are not', async () => {
    const other = await confide(at, [ids.firm])
    expect((await get(at.staff.handler, `/api/attachments/${other.photo}`)).status).toBe(404)
    await giveTo(at, at.staff.community_desk, other.request, ids.firm, { clear: [other.photo] })
    const { json } = await get(at.staff.handler, `/api/requests/${other.request}`)
    expect(json.attachments.map(({ id }: { id: string }) => id)).toEqual([other.photo])
  })

  test('another request of the same person that is not confidential shows its reporter, and does not lead here', async () => {
    const plain = await said(at.server, {
      words: '路灯坏了',
      reporter: { id: newId(at.server), phone: '10076543219' },
    })
    await entered(at.server, at.staff.community_desk, plain.id, accept)
    await entered(at.server, at.staff.community_desk, plain.id, {
      kind: 'assign',
      lead: { organisation: ids.firm },
    })
    const { json, text } = await get(at.staff.handler, `/api/requests/${plain.id}`)
    expect(json.reporter).toMatchObject({ phone: '100 **** ***9' })
    expect(text).not.toContain(one.reporter)
  })
})

describe('RQ10 left open', () => {
  test('only desks know; whoever solves it does not, and the firm reads the matter', async () => {
    const one = await confide(at, [])
    expect(await see(at.staff.grid_worker, one.request)).toBe(200)
    const worker = await get(at.staff.grid_worker, `/api/requests/${one.request}`)
    expect(worker.json).toMatchObject({ withheld: true, reporter: null, words: '', title: '保密诉求' })
    for (const secret of one.secrets) expect(worker.text).not.toContain(secret)
    for (const desk of [at.staff.community_desk, at.staff.subdistrict_desk, at.staff.district_desk])
      expect((await get(desk, `/api/requests/${one.request}`)).json.withheld).toBe(false)
    await giveTo(at, at.staff.community_desk, one.request, ids.firm)
    const firm = await get(at.staff.handler, `/api/requests/${one.request}`)
    expect(firm.json).toMatchObject({ words: matter, withheld: true })
    for (const secret of one.secrets) expect(firm.text).not.toContain(secret)
  })
})

describe('RQ10 complained of: the community desk', () => {
  test('goes straight to the desk above; nobody of the community sees it, also not through its area', async () => {
    const one = await confide(at, [ids.community])
    const { json } = await get(at.staff.subdistrict_desk, `/api/requests/${one.request}`)
    expect(json).toMatchObject({ level: 'subdistrict', holder: { organisation: { id: ids.subdistrict } } })
    for (const token of [at.staff.community_desk, at.staff.grid_worker])
      expect(await see(token, one.request)).toBe(404)
    const told = await asOwner<{ to: string }>(
      at.server,
      'select distinct to_organisation_id as to from message where request_id = $1 and to_organisation_id is not null',
      [one.request],
    )
    expect(told).toEqual([{ to: ids.subdistrict }])
    expect(await rows(ofDesk(), sql`select 1 from service_request where id = ${about(one)}`)).toEqual([])
  })

  test('told to give its side, it has it as one of many and is no desk over it', async () => {
    const one = await confide(at, [ids.community])
    await giveTo(at, at.staff.subdistrict_desk, one.request, ids.community)
    const { json } = await get(at.staff.community_desk, `/api/requests/${one.request}`)
    expect(json).toMatchObject({ withheld: true, words: matter })
    expect(json.abilities).toContain('take')
    expect(json.abilities).not.toContain('assign')
  })
})

describe('RQ10 live events', () => {
  test('tell those complained of neither that it came nor that it changed, also when its id is asked for', async () => {
    const { server } = at
    await server.server.listen({ port: 0, host: '127.0.0.1' })
    const base = `http://127.0.0.1:${(server.server.server.address() as AddressInfo).port}`
    const one = await confide(at, [ids.community])
    const open = (token: string) => openStream(base, { token, query: `?requests=${one.request}` })
    // The grid worker's area is the place; the desk is the one complained of; the desk above may know.
    const told = [await open(at.staff.grid_worker), await open(at.staff.community_desk)]
    const above = await open(at.staff.subdistrict_desk)
    for (const stream of [...told, above]) await stream.hear('ready')
    await entered(server, at.staff.subdistrict_desk, one.request, accept)
    await above.hear('request', ({ id }) => id === one.request)
    const plain = await said(server)
    for (const stream of told) await stream.hear('request', ({ id }) => id === plain.id)
    for (const stream of told) {
      const heard = JSON.stringify(stream.told)
      for (const secret of [one.request, one.code, ...one.secrets]) expect(heard).not.toContain(secret)
    }
    for (const stream of [...told, above]) stream.close()
  })
})

describe('RQ10 the ledger', () => {
  test('names nobody to an administrator of the office complained of, and finds nothing by the reporter', async () => {
    const one = await confide(at, [ids.district])
    await enter(at.server, one.token, one.request, { kind: 'note', words: '补充一句' })
    const admin = await at.server.session('audit_admin')
    const items = async (query: string) => (await get(admin, `/api/audit?${query}`)).json.items
    const mine = await items(`subject=${one.request}`)
    const own = mine.filter(({ actor }: { actor: { kind: string } }) => actor.kind === 'reporter')
    expect(own.length).toBeGreaterThan(0)
    for (const { actor, path, reason, detail } of own)
      expect([actor.id, path, reason, detail]).toEqual([null, null, null, {}])
    const found = await items(`actor=${one.reporter}`)
    expect(found.map(({ subject }: { subject: { id: string } }) => subject.id)).not.toContain(one.request)
    const verified = await at.server.call('POST', '/api/audit/verification', { token: admin })
    expect(verified.json.broken).toEqual([])
  })
})

describe('boundary 7 and 16 a complaint about handling', () => {
  const complain = (token: string | undefined, id: string, body: object = {}) =>
    at.server.call('POST', `/api/requests/${id}/complaints`, {
      token,
      body: { id: newId(at.server), words: '来了三次都没有修', ...body },
    })

  async function answeredByFirm() {
    const first = await said(at.server, { reporter: { id: newId(at.server) } })
    await entered(at.server, at.staff.community_desk, first.id, accept)
    await entered(at.server, at.staff.community_desk, first.id, {
      kind: 'assign',
      lead: { organisation: ids.firm },
    })
    await entered(at.server, at.staff.handler, first.id, { kind: 'take' })
    await entered(at.server, at.staff.handler, first.id, answered)
    return first
  }

  test('is a request of its own with its own clock, held by the desk above, hidden from whom it is about', async () => {
    const first = await answeredByFirm()
    const before = (await get(first.token, `/api/requests/${first.id}`)).headers['etag']
    const made = await complain(first.token, first.id)
    expect(made.status, made.text).toBe(201)
    const after = (await get(first.token, `/api/requests/${first.id}`)).headers['etag']
    expect(after).not.toBe(before)
    expect(made.json.holder.organisation.id).toBe(ids.community)
    const { json } = await get(at.staff.community_desk, `/api/requests/${made.json.id}`)
    expect(json).toMatchObject({
      state: 'submitted',
      category: { code: 'J05' },
      about: { id: first.id, code: first.code },
      complainedOf: [{ id: ids.firm }],
      confidential: false,
    })
    expect(json.term.dueAt > at.server.clock.now().toString()).toBe(true)
    const linked = async (token: string | undefined) =>
      (await get(token, `/api/requests/${first.id}`)).json.complaints.map(({ id }: { id: string }) => id)
    expect(await linked(first.token)).toEqual([made.json.id])
    expect(await linked(at.staff.community_desk)).toEqual([made.json.id])
    // The firm keeps its own request and learns nothing of the complaint.
    expect(await linked(at.staff.handler)).toEqual([])
    expect(await see(at.staff.handler, made.json.id)).toBe(404)
    // Nor by the public door, where everything accepted stands.
    await entered(at.server, at.staff.community_desk, made.json.id, accept)
    const open = await get(undefined, '/open311/v2/requests.json')
    expect(open.text).toContain(first.code)
    expect(open.text).not.toContain(made.json.code)
  })

  test('skips a desk complained of, whatever its level', async () => {
    const first = await answeredByFirm()
    for (const [organisation, holder] of [
      [ids.community, ids.subdistrict],
      [ids.firm, ids.community],
    ]) {
      const made = await complain(first.token, first.id, { organisation })
      expect(made.json.holder.organisation.id).toBe(holder)
      expect(await see(at.staff.community_desk, made.json.id)).toBe(
        organisation === ids.community ? 404 : 200,
      )
    }
    const stranger = await complain(first.token, first.id, { organisation: ids.bureau })
    expect([stranger.status, stranger.json.code]).toEqual([422, 'record.invalid_reference'])
  })

  test('RQ3 sent twice it is one; somebody else’s request cannot be complained about', async () => {
    const first = await answeredByFirm()
    const id = newId(at.server)
    const made = [
      await complain(first.token, first.id, { id }),
      await complain(first.token, first.id, { id }),
    ]
    expect(made[1]?.json).toEqual(made[0]?.json)
    const other = await said(at.server, { reporter: { id: newId(at.server) } })
    expect((await complain(other.token, first.id)).status).toBe(404)
    expect((await complain(other.token, other.id, { id })).json.code).toBe('id_taken')
  })

  test('about a confidential request it stays confidential, for all whom either is about', async () => {
    const one = await confide(at, [ids.firm])
    const made = await complain(one.token, one.request)
    expect(made.json.holder.organisation.id).toBe(ids.subdistrict)
    const { json } = await get(at.staff.subdistrict_desk, `/api/requests/${made.json.id}`)
    expect(json).toMatchObject({
      confidential: true,
      complainedOf: [{ id: ids.community }, { id: ids.firm }],
    })
    for (const token of [at.staff.handler, at.staff.community_desk])
      expect(await see(token, made.json.id)).toBe(404)
  })
})
