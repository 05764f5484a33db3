import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { button, desk, findByCode, type House, openHouse, place, reads, said, staff } from './people.ts'
import { faults } from './inspect.ts'

/** From another program to the desk, and from the desk to everybody: nothing personal gets through (boundary 7). */

let house: House
let community: Page
let code: string
const everybody = async () => {
  const answer = await community.request.get(`/open311/v2/requests/${code}.json`)
  return ((await answer.json()) as { title: string | null; description: string }[])[0]
}

beforeAll(async () => {
  house = await openHouse()
  community = await staff(house, 'community')
  const form = {
    api_key: 'chuanmen-demo-key',
    service_code: 'B04',
    description: '张大妈家门口路灯不亮，3号楼2单元401室，电话10012340077',
    address_string: place.compound,
    'attribute[lamps]': '2',
  }
  const sent = await community.request.post('/open311/v2/requests.json', { form })
  expect(sent.status(), await sent.text()).toBe(201)
  ;[{ service_request_id: code }] = (await sent.json()) as [{ service_request_id: string }]
})
afterAll(() => house?.close())

test('what a program sent stands at the desk of its place, with what was asked and answered', async () => {
  await findByCode(community, code)
  await reads(community, /张大妈家门口路灯不亮/)
  await reads(community, /几盏灯不亮 2/)
  expect(await everybody()).toMatchObject({ title: null, description: `路灯不亮，${place.compound}。` })
})

test('the desk clears the words: numbers have to go, the rest takes a look, then everybody reads them', async () => {
  await button(community, desk.public.open).click()
  const sheet = community.getByRole('dialog', { name: desk.public.sheet })
  await reads(sheet, said(desk.public.neutral, { text: `路灯不亮，${place.compound}。` }))
  const marked = await sheet.locator('mark').allInnerTexts()
  expect(marked).toEqual(['张大妈', '3号楼2单元401室', '10012340077'])
  expect(await faults(community, { codes: [/GY-\d{4}-\d{6}/] })).toEqual([])

  const words = sheet.getByLabel(desk.public.words)
  await sheet.getByLabel(desk.public.shortTitle).fill('路灯不亮')
  await words.fill('李师傅修过的路灯又不亮了，打10012340077。')
  await reads(sheet, said(desk.public.still, { kinds: desk.public.kind.phone }))
  await words.fill('李师傅修过的路灯又不亮了。')
  const send = button(sheet, desk.public.clear)
  expect(await send.getAttribute('aria-disabled')).toBe('true')
  await sheet.getByLabel(said(desk.public.looked, { kinds: desk.public.kind.name })).check()
  await send.click()
  await reads(community, said(desk.public.done, { code }))
  expect(await everybody()).toMatchObject({ title: '路灯不亮', description: '李师傅修过的路灯又不亮了。' })
})

test('the desk takes them back', async () => {
  const sheet = community.getByRole('dialog', { name: desk.public.sheet })
  await button(sheet, desk.public.withdraw).click()
  await reads(community, said(desk.public.taken, { code }))
  expect(await everybody()).toMatchObject({ title: null, description: `路灯不亮，${place.compound}。` })
})
