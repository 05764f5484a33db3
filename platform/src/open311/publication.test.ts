import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accept, assign, asOwner, entered, newId, said, startDistrict } from '#tests/story.ts'
import { marksIn, stillPersonal, withoutMarks } from './redact.ts'

let server: Awaited<ReturnType<typeof startDistrict>>['server']
let staff: Awaited<ReturnType<typeof startDistrict>>['staff']

beforeAll(async () => {
  ;({ server, staff } = await startDistrict())
})
afterAll(() => server.close())

describe('OP8 what looks personal', () => {
  test.each([
    ['我住3号楼2单元401室，电话10012345678', '我住〔门牌〕，电话〔电话〕'],
    ['打 0316-2345678 或 +86 100-1234-5678', '打 〔电话〕 或 〔电话〕'],
    ['身份证131003198001011234，卡号6222 0212 3456 7890 123', '身份证〔证件号〕，卡号〔账号〕'],
    ['张大妈说隔壁3-2-401漏水', '〔姓名〕说隔壁〔门牌〕漏水'],
    ['我叫欧阳明，邮箱 a.b@c.cn', '我叫〔姓名〕，邮箱 〔邮箱〕'],
    ['冀R12345堵着消防通道', '〔车牌〕堵着消防通道'],
    ['见 https://fms.example.cn/report/12 的照片', '见 〔链接〕 的照片'],
    ['路灯12号杆不亮，周末两天没人来，高层水压也低', '路灯12号杆不亮，周末两天没人来，高层水压也低'],
  ])('%s', (text, clean) => expect(withoutMarks(text, marksIn(text))).toBe(clean))

  test('a name that surely stands for somebody is marked wherever it stands', () => {
    const text = '赵玉兰反映：玉兰树倒了'
    expect(withoutMarks(text, marksIn(text, ['赵玉兰']))).toBe('〔姓名〕反映：玉兰树倒了')
    expect(stillPersonal(text, ['赵玉兰'])).toEqual(['name'])
    expect(stillPersonal('张大妈说路灯坏了')).toEqual([])
  })
})

/** A request that was answered, with personal bits in its words. */
async function story(words = '3号楼2单元401室赵玉兰，电话10012345678。楼道灯坏了') {
  const made = await said(server, {
    words,
    reporter: { id: newId(server), name: '赵玉兰', phone: '10012345678' },
  })
  await entered(server, staff.community_desk, made.id, accept)
  await entered(server, staff.community_desk, made.id, assign())
  await entered(server, staff.handler, made.id, { kind: 'take' })
  await entered(server, staff.handler, made.id, {
    kind: 'answer',
    words: '灯换好了，已给赵玉兰打电话',
    points: [{ index: 0, open: false }],
  })
  return made
}
const look = async (request: string, token = staff.community_desk) =>
  (await server.call('GET', `/api/requests/${request}/publication`, { token })).json
const clear = (request: string, body: object, token = staff.community_desk) =>
  server.call('POST', `/api/requests/${request}/publication`, { token, body: { id: newId(server), ...body } })
const shown = async (code: string) => (await server.call('GET', `/open311/v2/requests/${code}.json`)).json[0]

describe('OP8 clearing', () => {
  test('a desk sees what was said, what looks personal in it, and what everybody reads now', async () => {
    const { id, code } = await story()
    const seen = await look(id)
    expect(seen.request.proposal.description).toBe('〔门牌〕〔姓名〕，电话〔电话〕。楼道灯坏了')
    expect(seen.request.marks.map(({ kind }: { kind: string }) => kind)).toEqual(['door', 'name', 'phone'])
    expect(seen.answers[0].proposal.description).toBe('灯换好了，已给〔姓名〕打电话')
    expect([seen.neutral, seen.request.cleared]).toEqual([(await shown(code)).description, null])
  })

  test('numbers of people are never cleared, nor the name of who said it', async () => {
    const { id, code } = await story()
    for (const description of ['打10012345678', '身份证131003198001011234', '赵玉兰家楼道灯坏了']) {
      const answer = await clear(id, { description, looked: true })
      expect([answer.status, answer.problem]).toEqual([422, 'publication.still_personal'])
    }
    expect((await shown(code)).title).toBeNull()
  })

  test('what only looks personal is cleared once somebody says that they looked', async () => {
    const { id, code } = await story()
    const words = { title: '楼道灯坏了', description: '李师傅修过的楼道灯又坏了。' }
    expect((await clear(id, words)).problem).toBe('publication.look_again')
    expect((await clear(id, { ...words, looked: true })).status).toBe(200)
    expect(await shown(code)).toMatchObject(words)
  })

  test('clearing anew takes the place of what was cleared; taking back leaves the neutral sentence', async () => {
    const { id, code } = await story()
    await clear(id, { title: '灯', description: '楼道灯坏了。' })
    const body = { id: newId(server), title: '楼道灯', description: '楼道灯坏了，夜里看不见。' }
    const { json } = await clear(id, body)
    expect(await shown(code)).toMatchObject({ title: '楼道灯', description: '楼道灯坏了，夜里看不见。' })
    // Sent again it is the same publication.
    expect((await clear(id, body)).json.request.cleared).toEqual(json.request.cleared)
    const back = () =>
      server.call('POST', `/api/publications/${body.id}/withdrawal`, { token: staff.community_desk })
    expect([(await back()).status, (await back()).status]).toEqual([200, 200])
    expect(await shown(code)).toMatchObject({ title: null, description: (await look(id)).neutral })
    // Nothing that was once public is forgotten (boundary 20).
    const rows = await asOwner(
      server,
      'select 1 from publication where request_id = $1 and withdrawn_at is not null',
      [id],
    )
    expect(rows).toHaveLength(2)
  })

  test('two desks at once leave one of them standing', async () => {
    const { id } = await story()
    const both = await Promise.all(
      ['楼道灯坏了。', '楼道灯不亮。'].map((description) => clear(id, { description })),
    )
    expect(both.filter(({ status }) => status === 200).length).toBeGreaterThan(0)
    const rows = await asOwner(
      server,
      'select 1 from publication where request_id = $1 and withdrawn_at is null',
      [id],
    )
    expect(rows).toHaveLength(1)
  })

  test('a confidential request is never cleared', async () => {
    const { id } = await said(server, {
      words: '物业经理收钱',
      confidential: true,
      reporter: { id: newId(server) },
    })
    expect((await look(id)).confidential).toBe(true)
    expect((await clear(id, { description: '有人反映物业收费。' })).problem).toBe('publication.confidential')
  })

  test('who cleared what stands in the ledger, and the reporter sees that somebody looked', async () => {
    const { id } = await story()
    await clear(id, { description: '楼道灯坏了。' })
    const rows = await asOwner<{ action: string; reporter: boolean }>(
      server,
      `select action, reporter_id is not null as reporter from audit_entry where subject_id = $1 and action like 'publication%'`,
      [id],
    )
    expect(rows).toEqual([{ action: 'publication.clear', reporter: true }])
  })
})
