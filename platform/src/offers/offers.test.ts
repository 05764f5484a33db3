import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Role } from '#access/permissions.ts'
import type { EntryData } from '#field/entries.ts'
import { district, ids, paths, personOf } from '#tests/fixture.ts'
import { Phone } from '#tests/phone.ts'
import type { TestServer } from '#tests/server.ts'
import { accept, asOwner, assign, enter, entered, newId, said, startDistrict } from '#tests/story.ts'
import { smallPhoto, upload } from '#tests/upload.ts'
import { keepOffers } from './clock.ts'
import type { OfferView, PhoneOffer } from './contract.ts'

/** OF1 to OF8 against the real server: the best few are asked, the first yes has it, and nothing is lost on the way. */

let server: TestServer
let staff: Awaited<ReturnType<typeof startDistrict>>['staff']
const phones = {} as Record<'liaison' | 'building_head' | 'grid_worker', Phone>
const start = '2026-11-20T02:20:00.000Z'

beforeAll(async () => {
  ;({ server, staff } = await startDistrict())
  for (const role of ['liaison', 'building_head', 'grid_worker'] as const) {
    phones[role] = new Phone({ line, token: await server.session(role), now: () => server.clock.now() })
    await phones[role].register()
  }
})
afterEach(async () => {
  server.clock.set(start)
  await asOwner(
    server,
    `truncate offer, offer_ask, service_request, attachment, field_entry, message, person_skill, absence cascade`,
  )
})
afterAll(() => server.close())

const line = (method: 'GET' | 'POST', url: string, options: Parameters<TestServer['call']>[2]) =>
  server.call(method, url, options)

/** A request that the community's desk has taken up. */
async function taken(body: Record<string, unknown> = {}) {
  const request = await said(server, { words: '楼道灯泡坏了，老人够不着', ...body })
  await entered(server, staff.community_desk, request.id, accept)
  return request
}

async function offer(request: string, body: Record<string, unknown> = {}) {
  const answer = await server.call('POST', `/api/requests/${request}/offers`, {
    token: staff.community_desk,
    body: { id: newId(server), words: '帮忙换一个楼道灯泡，灯泡社区有', ...body },
  })
  return { ...answer, view: answer.json as OfferView }
}

async function offersOf(request: string): Promise<OfferView[]> {
  return (await server.call('GET', `/api/requests/${request}/offers`, { token: staff.community_desk })).json
    .items
}

async function onPhone(role: keyof typeof phones): Promise<PhoneOffer[]> {
  await phones[role].fetch()
  const item = phones[role].store.get('offers ')
  return item?.kind === 'offers' ? (item.data?.items ?? []) : []
}

async function send(
  role: keyof typeof phones,
  kind: 'offer.answer' | 'offer.give_back' | 'offer.done',
  data: object,
) {
  phones[role].enter(kind, data as EntryData<typeof kind>)
  const [result] = await phones[role].send()
  return result!
}

async function standing(request: string) {
  const { json } = await server.call('GET', `/api/requests/${request}`, { token: staff.community_desk })
  return json
}
const kinds = async (request: string) =>
  ((await standing(request)).entries as { kind: string }[]).map(({ kind }) => kind).toReversed()
const rings = () => keepOffers(server.database, district, server.clock.now())

describe('asking', () => {
  test('OF1 the desk sees who would be asked and why; OF2 the request stays with it, and its due time', async () => {
    const request = await taken()
    const { json } = await server.call('GET', `/api/requests/${request.id}/helpers`, {
      token: staff.community_desk,
    })
    expect(json.chosen.map(({ id }: { id: string }) => id).toSorted()).toEqual(
      [personOf('liaison'), personOf('building_head'), personOf('grid_worker')].toSorted(),
    )
    expect(json.chosen[0].parts).toEqual({ walk: 0, held: 0, asked: 0, slotsUnsaid: 300 })
    const before = await standing(request.id)
    const { status, view, text } = await offer(request.id)
    expect(status, text).toBe(201)
    expect(view.asks.map(({ answer }) => answer)).toEqual([null, null, null])
    const after = await standing(request.id)
    expect(after).toMatchObject({ state: 'accepted', dueAt: before.dueAt })
    expect(after.holder.organisation.id).toBe(ids.community)
    expect(await kinds(request.id)).toEqual(['submit', 'accept', 'offer'])
    // Each is told once, in the app.
    const told = await asOwner<{ to: string }>(
      server,
      `select to_person_id as to from message where template = 'offer.asked'`,
    )
    expect(told).toHaveLength(3)
  })

  test('OF1 who lacks the skill, is away, or has time at other hours only is not asked', async () => {
    const request = await taken()
    await asOwner(server, `insert into person_skill values ($1, $2, 'electrics'), ($1, $3, 'electrics')`, [
      district,
      personOf('liaison'),
      personOf('grid_worker'),
    ])
    await asOwner(server, `insert into absence values ($1, gen_random_uuid(), $2, $3, '2026-11-19', null)`, [
      district,
      personOf('grid_worker'),
      personOf('liaison'),
    ])
    const { json } = await server.call('GET', `/api/requests/${request.id}/helpers?skills=electrics,law`, {
      token: staff.community_desk,
    })
    expect(json.chosen.map(({ id }: { id: string }) => id)).toEqual([personOf('liaison')])
    expect(json.chosen[0].skills).toEqual(['electrics'])
    expect(json.left).toEqual(
      expect.arrayContaining([
        { why: 'away', many: 1 },
        { why: 'no_skill', many: 1 },
      ]),
    )
    const wrong = await offer(request.id, { skills: ['electrics'], people: [personOf('building_head')] })
    expect(wrong.problem).toBe('offer.cannot_ask')
    expect((await offer(request.id, { skills: ['law'] })).problem).toBe('offer.nobody')
  })

  test('OF1 RQ15 a point that was said is no map: nobody is too far from it while nobody’s place is known, and it is not kept', async () => {
    const request = await taken({ lon: 116.71234, lat: 39.52345 })
    const { status, view, text } = await offer(request.id, { people: [personOf('liaison')] })
    expect(status, text).toBe(201)
    const kept = await asOwner(server, 'select lon, lat from offer where id = $1', [view.id])
    expect(kept).toEqual([{ lon: null, lat: null }])
    // Offered on by the clock it is as near to everybody as it was at first.
    await send('liaison', 'offer.answer', { offer: view.id, answer: 'not_now' })
    expect((await offersOf(request.id))[0]!.asks.filter(({ round }) => round === 2)).toHaveLength(2)
  })

  test('RQ3 the same offer twice is one; a second beside it is refused; a desk of elsewhere offers nothing', async () => {
    const request = await taken()
    const id = newId(server)
    const [one, two] = await Promise.all([offer(request.id, { id }), offer(request.id, { id })])
    expect([one.status, two.status]).toEqual([201, 201])
    expect(await kinds(request.id)).toEqual(['submit', 'accept', 'offer'])
    expect((await offer(request.id)).problem).toBe('offer.offered_already')
    const outside = await said(server, { path: paths.outside.community })
    expect((await offer(outside.id)).status).toBe(404)
  })

  test('RQ10 what is in confidence is put before nobody', async () => {
    const request = await taken({ confidential: true })
    expect((await offer(request.id)).problem).toBe('offer.in_confidence')
  })

  test('before the yes a phone knows what is wanted and the compound; the door and the words come with it', async () => {
    const request = await taken({ place: '401门口' })
    await offer(request.id)
    const [asked] = await onPhone('liaison')
    expect(asked).toMatchObject({
      mine: false,
      words: '帮忙换一个楼道灯泡，灯泡社区有',
      title: null,
      said: null,
    })
    expect(asked!.place).toContain('和平小区')
    expect(JSON.stringify(asked)).not.toMatch(/401|1单元|够不着/)
    await send('liaison', 'offer.answer', { offer: asked!.id, answer: 'take' })
    const [mine] = await onPhone('liaison')
    expect(mine).toMatchObject({ mine: true, said: '楼道灯泡坏了，老人够不着' })
    expect(mine!.place).toContain('401')
    expect(await onPhone('grid_worker')).toEqual([])
  })
})

describe('the first yes', () => {
  test('OF3 RQ1 of those who say yes in the same moment one has it, and the others read so', async () => {
    for (let round = 0; round < 4; round += 1) {
      const request = await taken()
      const { view } = await offer(request.id)
      for (const role of ['liaison', 'building_head', 'grid_worker'] as const)
        phones[role].enter('offer.answer', { offer: view.id, answer: 'take' })
      const results = (await Promise.all(Object.values(phones).map((phone) => phone.send()))).flat()
      expect(results.map(({ fate }) => fate).toSorted()).toEqual(['applied', 'refused', 'refused'])
      expect(results.flatMap(({ problem }) => problem?.code ?? [])).toEqual([
        'offer.taken_already',
        'offer.taken_already',
      ])
      expect(await kinds(request.id)).toEqual(['submit', 'accept', 'offer', 'take_up'])
      const now = await standing(request.id)
      const [one] = await offersOf(request.id)
      expect(now.state).toBe('in_progress')
      // For the desk that offered it: nobody's employer gets a hand in it.
      expect(now.holder.organisation.id).toBe(ids.community)
      expect(now.holder.person.id).toBe(one!.takenBy!.id)
      await asOwner(server, `update offer set state = 'done'`)
    }
  })

  test('RQ4 taken, given back and taken again: the due time is what it was', async () => {
    const request = await taken()
    const { dueAt } = await standing(request.id)
    const { view } = await offer(request.id, { people: [personOf('liaison')] })
    server.clock.set('2026-11-20T03:00:00.000Z')
    await send('liaison', 'offer.answer', { offer: view.id, answer: 'take' })
    expect((await standing(request.id)).dueAt).toBe(dueAt)
    const back = await send('liaison', 'offer.give_back', { offer: view.id, basis: 'tools_missing' })
    expect(back.fate, JSON.stringify(back.problem)).toBe('applied')
    expect(await standing(request.id)).toMatchObject({ state: 'accepted', dueAt })
    expect(await kinds(request.id)).toEqual(['submit', 'accept', 'offer', 'take_up', 'give_back'])
    // Offered on to those who were not asked yet; never again to whoever gave it back.
    const [now] = await offersOf(request.id)
    expect(now).toMatchObject({ state: 'open', round: 2, takenBy: null })
    expect(now!.asks.map(({ person, round, answer }) => [person.id, round, answer])).toEqual(
      expect.arrayContaining([
        [personOf('liaison'), 1, 'given_back'],
        [personOf('building_head'), 2, null],
        [personOf('grid_worker'), 2, null],
      ]),
    )
    await send('grid_worker', 'offer.answer', { offer: view.id, answer: 'take' })
    expect(await standing(request.id)).toMatchObject({ state: 'in_progress', dueAt })
  })

  test('OF6 given back as no small want it is the desk’s at once, with the basis in the story', async () => {
    const request = await taken()
    const { view } = await offer(request.id)
    await send('building_head', 'offer.answer', { offer: view.id, answer: 'take' })
    await send('building_head', 'offer.give_back', {
      offer: view.id,
      basis: 'unsafe',
      words: '线路老化，要电工',
    })
    expect((await offersOf(request.id))[0]).toMatchObject({ state: 'over', overFor: 'not_small' })
    const { entries, state } = await standing(request.id)
    expect(state).toBe('accepted')
    expect(entries[0]).toMatchObject({
      kind: 'give_back',
      words: '线路老化，要电工',
      data: { basis: 'unsafe' },
    })
    // The desk may dispatch it like anything else.
    await entered(server, staff.community_desk, request.id, assign())
  })

  test('answered by whoever took it; "not solved" brings it back to the same hands (RQ8)', async () => {
    const request = await taken()
    const { view } = await offer(request.id)
    await send('liaison', 'offer.answer', { offer: view.id, answer: 'take' })
    const other = await send('grid_worker', 'offer.done', { offer: view.id, words: '换好了' })
    expect(other.problem?.code).toBe('offer.gone')
    const done = await send('liaison', 'offer.done', { offer: view.id, words: '换好了，试过了亮了' })
    expect(done.fate, JSON.stringify(done.problem)).toBe('applied')
    expect(await standing(request.id)).toMatchObject({ state: 'answered' })
    expect(await onPhone('liaison')).toEqual([])
    await entered(server, request.token, request.id, { kind: 'reopen', words: '又不亮了' })
    expect(await onPhone('liaison')).toMatchObject([{ mine: true, state: 'in_progress' }])
    await send('liaison', 'offer.done', { offer: view.id, words: '镇流器也换了' })
    expect(await standing(request.id)).toMatchObject({ state: 'answered' })
  })
})

test('FD12 a photo that arrives after the words belongs to the answer, and to no entry besides', async () => {
  const request = await taken()
  const { view } = await offer(request.id)
  await send('liaison', 'offer.answer', { offer: view.id, answer: 'take' })
  const [early, late] = [newId(server), newId(server)]
  const arrives = async (id: string) =>
    upload(server, phones.liaison.token, { id, kind: 'photo', bytes: await smallPhoto() })
  const placed = (id: string) =>
    asOwner(server, 'select request_id as request, entry_id as entry from attachment where id = $1', [id])
  await arrives(early)
  const entry = phones.liaison.enter('offer.done', { offer: view.id, words: '换好了', files: [early, late] })
  const [result] = await phones.liaison.send()
  expect(result).toMatchObject({ fate: 'applied' })
  const states = async () => {
    await phones.liaison.fetch()
    const item = phones.liaison.store.get(`entry ${entry.id}`)
    return item?.kind === 'entry' ? item.data!.files.map(({ id, state }) => [id, state]) : []
  }
  expect(await states()).toEqual(
    expect.arrayContaining([
      [early, 'here'],
      [late, 'awaited'],
    ]),
  )
  // It goes on in the meantime: the reporter says that it is not solved.
  await entered(server, request.token, request.id, { kind: 'reopen', words: '又不亮了' })
  await arrives(late)
  expect(await states()).toEqual(
    expect.arrayContaining([
      [early, 'here'],
      [late, 'here'],
    ]),
  )
  for (const id of [early, late]) expect(await placed(id)).toEqual([{ request: request.id, entry: entry.id }])
  const { entries } = await standing(request.id)
  const withPhotos = (entries as { kind: string; attachments?: { id: string }[] }[]).map(
    ({ kind, attachments = [] }) => [kind, attachments.map(({ id }) => id).toSorted()],
  )
  expect(withPhotos.find(([kind]) => kind === 'answer')).toEqual(['answer', [early, late].toSorted()])
})

describe('the clock', () => {
  test('OF5 not answered in time it is offered on, once, however many workers ring; nobody left: the desk, with the reason', async () => {
    const request = await taken()
    await offer(request.id, { people: [personOf('liaison')], hours: 2 })
    expect(await rings()).toBe(0)
    server.clock.set('2026-11-20T04:20:00.000Z')
    await Promise.all([rings(), rings(), rings()])
    expect(await rings()).toBe(0)
    const [second] = await offersOf(request.id)
    expect(second).toMatchObject({ state: 'open', round: 2 })
    expect(second!.asks.map(({ round, answer }) => [round, answer])).toEqual([
      [1, 'late'],
      [2, null],
      [2, null],
    ])
    server.clock.set('2026-11-20T06:20:00.000Z')
    await Promise.all([rings(), rings()])
    expect((await offersOf(request.id))[0]).toMatchObject({ state: 'over', overFor: 'nobody_left' })
    const { entries, state, holder } = await standing(request.id)
    expect(state).toBe('accepted')
    expect(holder.organisation.id).toBe(ids.community)
    expect(entries.filter(({ kind }: { kind: string }) => kind === 'unoffer')).toMatchObject([
      { data: { reason: 'nobody_left', asked: 3 } },
    ])
    const told = await asOwner(
      server,
      `select 1 from message where template = 'request.unoffer' and to_organisation_id = $1`,
      [ids.community],
    )
    expect(told).toHaveLength(1)
  })

  test('OF4 once everybody said "not now" nobody waits for the clock', async () => {
    const request = await taken()
    const { view } = await offer(request.id, { people: [personOf('liaison')] })
    await send('liaison', 'offer.answer', { offer: view.id, answer: 'not_now' })
    expect((await offersOf(request.id))[0]).toMatchObject({ round: 2, state: 'open' })
  })

  test('what would end at night ends at eight', async () => {
    const request = await taken()
    server.clock.set('2026-11-20T12:20:00.000Z')
    const { view } = await offer(request.id, { hours: 4 })
    expect(view.roundEndsAt).toBe('2026-11-21T00:00:00.000Z')
  })

  test('OF7 what the desk does otherwise ends the offer, and a late yes is told so', async () => {
    const request = await taken()
    const { view } = await offer(request.id)
    await entered(server, staff.community_desk, request.id, assign())
    expect((await send('liaison', 'offer.answer', { offer: view.id, answer: 'take' })).problem?.code).toBe(
      'offer.gone',
    )
    expect(await rings()).toBe(1)
    expect((await offersOf(request.id))[0]).toMatchObject({ state: 'over', overFor: 'changed' })
    expect(await onPhone('liaison')).toEqual([])
  })

  test('the desk takes it back while nobody has it, and offers it anew to others', async () => {
    const request = await taken()
    const { view } = await offer(request.id, { people: [personOf('liaison')] })
    const back = () =>
      server.call('POST', `/api/offers/${view.id}/withdrawal`, { token: staff.community_desk })
    expect((await back()).json).toMatchObject({ state: 'over', overFor: 'withdrawn' })
    expect((await back()).status).toBe(200)
    expect((await kinds(request.id)).filter((kind) => kind === 'unoffer')).toHaveLength(1)
    const again = await offer(request.id)
    expect(again.view.asks.map(({ person }) => person.id)).not.toContain(personOf('liaison'))
  })
})

test('OF8 an entry of an offer is made by rule alone: by the front door of requests nobody makes one', async () => {
  const request = await taken()
  const forged = await enter(server, staff.community_desk, request.id, { kind: 'take_up' } as never)
  expect(forged.status).toBe(400)
})

test.each(['handler', 'audit_admin'] as const satisfies Role[])(
  '%s offers nothing and sees no list',
  async (role) => {
    const token = await server.session(role)
    expect((await server.call('GET', '/api/offers', { token })).status).toBe(403)
  },
)
