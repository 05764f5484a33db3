import { afterAll, describe, expect, test } from 'vitest'
import { ids, paths } from '#tests/fixture.ts'
import { accept, asOwner, entered, newId, said, whole } from '#tests/story.ts'
import { lateRequests } from './late.ts'
import { startWhistles } from './whistles-fixture.ts'

/** RQ18 What is not answered in time: the clock says so, to the level above and to the meetings that ask (MT2). */

const { server, staff, bureau, later, get, request, accepted, formed, went, blow, clock, kinds } =
  await startWhistles()
afterAll(() => server.close())

describe('RQ18 an unanswered whistle supervises itself', () => {
  test('a town that does not judge: reminded twice, supervised once, in the ledger of the request and to the level above', async () => {
    const { id } = await accepted()
    const whistle = await formed([id])
    await later({ days: 4 })
    while ((await clock()) > 0);
    const at = await get(staff.district_desk, whistle.id)
    expect(at.entries.map((entry: { kind: string }) => entry.kind)).toEqual([
      'supervise',
      'remind',
      'remind',
      'form',
    ])
    expect(at.late).toBe(true)
    const supervision = (
      (await request(id)).entries as { kind: string; data: { demand?: string; above?: string } }[]
    ).find(({ kind, data }) => kind === 'supervise' && data.demand !== undefined)
    expect(supervision?.data).toMatchObject({ above: ids.district })
    expect(supervision?.data.demand).toContain('银河北路街道')
    // A desk above may judge for it; the supervision of the clock then ends.
    await went(staff.district_desk, whistle.id, blow(ids.bureau, []))
    expect(await kinds(id)).toContain('lift')
  })

  test('a department that comes late: supervised by itself, once, and the supervision ends when it comes', async () => {
    const { id } = await accepted()
    const whistle = await formed([id], { urgent: true })
    await went(staff.subdistrict_desk, whistle.id, blow())
    await went(bureau.token, whistle.id, { kind: 'report_in', words: '' })
    await later({ hours: 3 })
    await clock()
    await clock()
    const late = await get(staff.subdistrict_desk, whistle.id)
    expect(late.late).toBe(true)
    expect(late.entries.filter((entry: { kind: string }) => entry.kind === 'supervise')).toHaveLength(1)
    expect(late.parts.map((part: { outcome: string }) => part.outcome)).toEqual(['in_time', 'late'])
    const notices = await asOwner<{ to: string }>(
      server,
      `select to_organisation_id as "to" from message where request_id = $1 and template = 'whistle.supervise'`,
      [id],
    )
    expect(notices.map(({ to }) => to).toSorted()).toEqual([ids.firm, ids.subdistrict].toSorted())
    const came = await went(staff.handler, whistle.id, { kind: 'report_in', words: '路上堵' })
    expect(came.late).toBe(false)
    expect(await kinds(id)).toContain('lift')
  })

  test('nobody rates: it ends without, and that is no content', async () => {
    const { id } = await accepted()
    const whistle = await formed([id])
    await went(staff.subdistrict_desk, whistle.id, blow(ids.bureau, []))
    await went(bureau.token, whistle.id, { kind: 'report_in', words: '' })
    await went(bureau.token, whistle.id, { kind: 'done', words: '好了', attachments: [] })
    await later({ days: 12 })
    await clock()
    const at = await get(staff.district_desk, whistle.id)
    expect([at.state, at.parts[0].rating]).toEqual(['unrated', null])
  })
})

describe('MT2 what a meeting is told of whistles', () => {
  /** Which of these wait for somebody who is late, as the meeting of each level asks. */
  const lateAt = async (...requests: string[]) => {
    const asked = async (path: string) => {
      const late = await server.database.within(whole, (trx) => lateRequests(trx, path))
      return requests.filter((one) => late.has(one))
    }
    return {
      compound: await asked(`${paths.inside.community}131003001001001/`),
      community: await asked(paths.inside.community),
      subdistrict: await asked(paths.inside.subdistrict),
      district: await asked(paths.district),
      elsewhere: await asked(paths.outside.subdistrict),
    }
  }
  const nowhere = { compound: [], community: [], subdistrict: [], district: [], elsewhere: [] }

  test('late is what the clock said so of, at every level over all of its requests, until it comes or is over', async () => {
    const [alone, here, beside] = [
      await accepted(),
      await accepted(),
      await said(server, { words: '二号楼也不热', path: '131003/131003001/131003001002/' }),
    ]
    await entered(server, staff.subdistrict_desk, beside.id, accept)
    const one = await formed([alone.id], { urgent: true })
    const wide = await server.call('POST', '/api/whistles', {
      token: staff.subdistrict_desk,
      body: { id: newId(server), requests: [here.id, beside.id], words: '两个社区一起', urgent: true },
    })
    expect(wide.status, wide.text).toBe(201)
    const all = [alone.id, here.id, beside.id]
    for (const whistle of [one, wide.json]) await went(staff.subdistrict_desk, whistle.id, blow())
    expect(await lateAt(...all)).toEqual(nowhere)
    // Two hours for what is urgent (RQ18); not before the clock has told it.
    await later({ hours: 3 })
    expect(await lateAt(...all)).toEqual(nowhere)
    await clock()
    const over = { subdistrict: all, district: all, elsewhere: [] }
    expect(await lateAt(...all)).toEqual({ compound: [alone.id], community: [alone.id], ...over })
    const late = await server.database.within(whole, (trx) => lateRequests(trx, paths.district))
    expect(late.get(alone.id)).toBe((await get(staff.subdistrict_desk, one.id)).dueAt)
    // One of two has come: the other is still late. Both have: nobody is.
    await went(bureau.token, one.id, { kind: 'report_in', words: '' })
    expect((await lateAt(alone.id)).community).toEqual([alone.id])
    await went(staff.handler, one.id, { kind: 'report_in', words: '' })
    expect(await lateAt(alone.id)).toEqual(nowhere)
    // What was taken back is waited for no more.
    await entered(server, here.token, here.id, { kind: 'withdraw' })
    await entered(server, beside.token, beside.id, { kind: 'withdraw' })
    await clock()
    expect(await lateAt(...all)).toEqual(nowhere)
  })
})
