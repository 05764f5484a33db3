import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { memoryBytes } from '#exchange/read/bytes.ts'
import { openZip } from '#exchange/read/zip.ts'
import { derivedId } from '#kernel/ids.ts'
import { ringAlarms } from '#requests/clock.ts'
import { ringWhistles } from '#whistle/clock.ts'
import { workerOf } from '#whistle/people-fixture.ts'
import { district, ids, paths } from '#tests/fixture.ts'
import type { TestServer } from '#tests/server.ts'
import { asOwner, entered, newId, said as saidBy, startDistrict } from '#tests/story.ts'
import { openBrowser } from './chromium.ts'
import { button, desk, lifecycle, phone, pick, reads, said } from './people.ts'

/**
 * One winter day, told from end to end: the heating of a block without a property firm climbs from the grid to the town, two
 * departments are called, one of them comes late, a meeting decides, and the resident says twice what became of it. People at
 * desks press the buttons where this issue made the page; the rest goes through the same door as their pages do.
 */

let server: TestServer
let staff: Awaited<ReturnType<typeof startDistrict>>['staff']
let heat: { token: string; person: string }
let bureau: { token: string; person: string }
let grid: { token: string; person: string }
let browser: Browser
let address: string

const grids = {
  path: `${paths.inside.community}131003001001901/`,
  desk: derivedId('organisation', 'grid'),
  heat: derivedId('organisation', 'heat'),
}
const words = '暖气停了一整天，楼里没有物业，老人冻得不行'

beforeAll(async () => {
  ;[{ server, staff }, browser] = await Promise.all([startDistrict(), openBrowser()])
  await asOwner(
    server,
    `insert into area (district_code, path, code, kind, parent_path, name, grid_kind)
      values ($1, $2, '131003001001901', 'grid', $3, '第九网格', 'residential')`,
    [district, grids.path, paths.inside.community],
  )
  await asOwner(
    server,
    `insert into organisation (district_code, id, kind, name, short_name, path, desk_level)
      values ($1, $2, 'committee', '第九网格', '第九网格', $3, 'grid'),
        ($1, $4, 'department', '热力办', '热力办', $5, null)`,
    [district, grids.desk, grids.path, grids.heat, paths.district],
  )
  grid = await workerOf(server, grids.desk, grids.path, '贺春玲', 'grid_worker')
  heat = await workerOf(server, grids.heat, paths.district, '翟志平')
  bureau = await workerOf(server, ids.bureau, paths.district, '车国栋')
  address = await server.server.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

/** A page of somebody who has just come in, with the time of the story on the machine. */
async function pageOf(token: string, size: { width: number; height: number }): Promise<Page> {
  const context = await browser.newContext({
    viewport: size,
    baseURL: address,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  })
  await context.addCookies([{ name: 'chuanmen_session', value: token, url: address }])
  const page = await context.newPage()
  await page.clock.setFixedTime(server.clock.now().toString())
  return page
}

/** The text of a document, without its form. */
async function wordsOf(file: string): Promise<string> {
  const zip = await openZip(memoryBytes(await readFile(file)))
  const parts: Buffer[] = []
  for await (const part of (await zip.open('word/document.xml')) ?? []) parts.push(Buffer.from(part))
  zip.close()
  return Buffer.concat(parts)
    .toString()
    .replaceAll(/<[^>]+>/g, '')
}

const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const
const minutes = (count: number) => server.clock.advance({ minutes: count })

/** What the ledger says, as the district reads it: RQ1 and RQ4 are asked after every step. */
async function now(request: string) {
  const { json } = await server.call('GET', `/api/requests/${request}`, { token: staff.district_desk })
  return json as {
    state: string
    dueAt: string | null
    holder: { organisation: { id: string; name: string } } | null
    entries: { kind: string; at: string; data: Record<string, unknown> }[]
  }
}
const kinds = async (request: string) => (await now(request)).entries.map(({ kind }) => kind).toReversed()

async function holds(request: string, organisation: string, state: string, due?: string | null) {
  const one = await now(request)
  expect([one.holder?.organisation.id, one.state]).toEqual([organisation, state])
  if (due !== undefined) expect(one.dueAt).toBe(due)
}

async function whistles(token: string, whistle: string, body: Record<string, unknown>) {
  const answer = await server.call('POST', `/api/whistles/${whistle}/entries`, {
    token,
    body: { id: newId(server), ...body },
  })
  expect(answer.status, answer.text).toBe(200)
  return answer.json
}

async function sends(method: string, url: string, body?: unknown, version?: number) {
  const answer = await server.call(method, url, {
    token: staff.subdistrict_desk,
    ...(body !== undefined && { body }),
    ...(version !== undefined && { headers: { 'if-match': `"${version}"` } }),
  })
  expect(answer.status, `${method} ${url}: ${answer.text}`).toBeLessThan(300)
  return answer
}

describe('a cold day in a block without a property firm', () => {
  let request: string
  let code: string
  let reporter: string
  let due: string | null
  let whistle: string
  let meeting: string

  test('said by the resident, it lies with the grid, and climbs by hand to the town with everything known (R4, RQ1, RQ11)', async () => {
    const told = await saidBy(server, { words, path: grids.path })
    ;({ id: request, code } = told)
    reporter = told.token ?? ''
    await holds(request, grids.desk, 'submitted')
    minutes(10)
    await entered(server, grid.token, request, {
      kind: 'accept',
      category: 'B01',
      urgency: 'by_date',
      points: ['今天恢复供暖', '以后谁来管这栋楼的暖气'],
    })
    ;({ dueAt: due } = await now(request))
    await entered(server, grid.token, request, { kind: 'escalate', words: '换热站不归网格管，敲不开门' })
    await holds(request, ids.community, 'accepted', due)
    minutes(10)
    await entered(server, staff.community_desk, request, {
      kind: 'escalate',
      words: '没有物业，社区没有维修队',
    })
    await holds(request, ids.subdistrict, 'accepted', due)
  })

  test('the town blows for two departments; the one that comes reports in by its page (RQ18)', async () => {
    minutes(10)
    whistle = newId(server)
    const formed = await sends('POST', '/api/whistles', {
      id: whistle,
      requests: [request],
      urgent: true,
      words: '热力和城管一起到现场，今天见暖',
    })
    expect(formed.json).toMatchObject({ state: 'formed', code })
    await holds(request, ids.subdistrict, 'whistled', due)
    await whistles(staff.subdistrict_desk, whistle, {
      kind: 'blow',
      lead: grids.heat,
      assisting: [ids.bureau],
      words: '',
    })
    await holds(request, grids.heat, 'whistled', due)
    minutes(30)
    const page = await pageOf(heat.token, sizes.desk)
    await page.goto(`/console/whistles/${whistle}`)
    await reads(page, words)
    await button(page, desk.whistle.deed.report_in).click()
    await page.getByLabel(desk.whistle.words.report_in).fill('十一点半到换热站')
    await button(page, desk.whistle.do.report_in).click()
    await reads(page, said(desk.whistle.entered, { what: desk.whistle.deed.report_in }))
    await page.context().close()
    await holds(request, grids.heat, 'in_progress', due)
  })

  test('the one that does not is supervised by the clock alone, once, and reads so in the story of the request (RQ18, RQ5)', async () => {
    minutes(100)
    const { now: at } = server.clock
    expect(await ringWhistles(server.database, district, at())).toBeGreaterThan(0)
    const before = await kinds(request)
    expect(before.filter((kind) => kind === 'supervise')).toHaveLength(1)
    await ringWhistles(server.database, district, at())
    expect(await kinds(request)).toEqual(before)
    const town = await pageOf(staff.subdistrict_desk, sizes.desk)
    await town.goto(`/console/whistles/${whistle}`)
    await reads(town, desk.whistle.stand.late)
    await town.context().close()
    await holds(request, grids.heat, 'in_progress', due)
  })

  test('what nobody came for is proposed to the meeting, with why (R6)', async () => {
    const standing = newId(server)
    await sends(
      'PUT',
      `/api/joint-meetings/${standing}`,
      {
        path: paths.inside.subdistrict,
        name: '银河北路街道联席会议',
        chair: '街道党工委书记',
        seats: [
          { organisation: grids.heat, post: '副主任' },
          { organisation: ids.bureau, post: '副局长' },
        ],
      },
      0,
    )
    meeting = newId(server)
    const begins = server.clock.now().add({ hours: 2 }).toString({ smallestUnit: 'millisecond' })
    await sends('POST', '/api/meetings', { id: meeting, joint: standing, at: begins, place: '三楼会议室' })
    const proposed = (await sends('GET', `/api/meetings/${meeting}/proposals`)).json as {
      items: { paper: { id: string }; reasons: { kind: string }[] }[]
    }
    const [first] = proposed.items
    expect([first?.paper.id, first?.reasons.map(({ kind }) => kind)]).toEqual([request, ['whistle_late']])
    const page = await pageOf(staff.subdistrict_desk, sizes.desk)
    await page.goto(`/console/meetings/${meeting}`)
    await reads(page, desk.meetings.reason.whistle_late)
    await page.getByRole('button', { name: said(desk.meetings.addNamed, { title: words }) }).click()
    await button(page, desk.meetings.step.call).click()
    await reads(page, desk.meetings.stepDone.call)
    await page.context().close()
    expect(await kinds(request)).toContain('table')
    await holds(request, grids.heat, 'in_progress', due)
  })

  test('the department that was late comes, and is counted as late (RQ18)', async () => {
    minutes(20)
    await whistles(bureau.token, whistle, { kind: 'report_in', words: '刚从另一处赶来' })
    const { json } = await sends('GET', '/api/whistle-figures?from=2026-11-20&until=2026-11-21')
    const figures = json as { items: { id: string; called: number; inTime: number; late: number }[] }
    expect(
      Object.fromEntries(figures.items.map(({ id, called, inTime, late }) => [id, [called, inTime, late]])),
    ).toEqual({ [grids.heat]: [1, 1, 0], [ids.bureau]: [1, 0, 1] })
  })

  test('the meeting decides; closing it gives the task out, and its minutes are a document (R6, RQ4)', async () => {
    minutes(120)
    const page = await pageOf(staff.subdistrict_desk, sizes.desk)
    await page.goto(`/console/meetings/${meeting}`)
    await button(page, desk.meetings.step.open).click()
    await reads(page, desk.meetings.stepDone.open)
    const form = page.getByRole('form', { name: desk.meetings.decision })
    await form.getByText(desk.meetings.outcome.task, { exact: true }).click()
    await pick(form, desk.field.lead, '热力', /热力办/)
    await pick(form, desk.field.assisting, '城管', /城管局/)
    await form.getByLabel(desk.meetings.demandOf.task).fill('明天下班前换好循环泵，室内不低于18度。')
    await form.getByLabel(desk.meetings.dueOn).fill('2026-11-21')
    await button(form, desk.meetings.decide).click()
    await reads(page, desk.meetings.decided)
    await button(page, desk.meetings.step.close).click()
    await reads(page, desk.meetings.stepDone.close)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: desk.meetings.minutes }).click(),
    ])
    const text = await wordsOf(await download.path())
    for (const part of [
      '银河北路街道联席会议',
      words,
      '热力办',
      '城管局',
      '明天下班前换好循环泵',
      '11月21日前办结',
    ])
      expect(text).toContain(part)
    await page.context().close()
    await holds(request, grids.heat, 'assigned', due)
  })

  test('the work is done; the resident says once that it is not, then that it is (RQ7, RQ8)', async () => {
    await entered(server, heat.token, request, { kind: 'take', words: '人在路上' })
    minutes(60)
    const points = [
      { index: 0, open: false },
      { index: 1, open: false },
    ]
    await entered(server, heat.token, request, {
      kind: 'answer',
      words: '循环泵换好了，已经送上热。',
      points,
    })
    const page = await pageOf(reporter, sizes.phone)
    await page.goto(`/mine/${request}`)
    await reads(page, '循环泵换好了，已经送上热。')
    await button(page, phone.deed.reopen).click()
    const sheet = page.getByRole('dialog', { name: phone.deed.reopen })
    await sheet.getByLabel(phone.deed.reopen_label).fill('五楼还是凉的。')
    await button(sheet, phone.deed.reopen_do).click()
    await reads(page, lifecycle.story.reopen_you)
    await holds(request, grids.heat, 'in_progress')
    minutes(60)
    await entered(server, heat.token, request, {
      kind: 'answer',
      words: '五楼的阀门通了，量过20度。',
      points,
    })
    await page.reload()
    await reads(page, '五楼的阀门通了，量过20度。')
    await button(page, phone.deed.confirm).click()
    await reads(page, lifecycle.story.confirm_you)
    await page.context().close()
    const over = await now(request)
    expect([over.state, over.holder, over.dueAt]).toEqual(['closed', null, null])
  })

  test('every figure on the way is right: the story, the whistle, the meeting, and nothing is owed any more', async () => {
    expect(await kinds(request)).toEqual([
      'submit',
      'accept',
      'escalate',
      'escalate',
      'whistle',
      'blow',
      'report_in',
      'supervise',
      'table',
      'join',
      'lift',
      'decide',
      'take',
      'answer',
      'reopen',
      'answer',
      'confirm',
    ])
    const held = (await sends('GET', `/api/meetings/${meeting}`)).json as {
      number: number
      items: { fate: string; holder: unknown }[]
    }
    expect([held.number, held.items.map(({ fate }) => fate)]).toEqual([1, ['done']])
    const past = (await sends('GET', '/api/meetings?when=past')).json as { items: Record<string, number>[] }
    expect(past.items).toMatchObject([{ id: meeting, items: 1, decided: 1, running: 0, late: 0, done: 1 }])
    // What was due is rung for nobody after it is over.
    minutes(60 * 24 * 3)
    expect(await ringAlarms(server.database, district, server.clock.now())).toBe(0)
  })
})
