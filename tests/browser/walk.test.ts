import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  accept,
  answer,
  assign,
  button,
  choosePlace,
  desk,
  findByCode,
  handIn,
  type House,
  leavePhone,
  lifecycle,
  openHouse,
  phone,
  place,
  reads,
  said,
  sizes,
  staff,
  step,
  take,
} from './people.ts'

/** One request the whole way, by what people read on the way: two residents' screens, one console. */

let house: House
let community: Page
let firm: Page
beforeAll(async () => {
  house = await openHouse()
  community = await staff(house, 'community')
  firm = await staff(house, 'property')
})
afterAll(() => house?.close())

/** A photo as a phone makes it: with the camera's name and the position where it stood. */
async function photoWithPosition(): Promise<Buffer> {
  const photo = await sharp({ create: { width: 1200, height: 900, channels: 3, background: '#6d7a68' } })
    .jpeg()
    .withExif({
      IFD0: { Make: 'Demo', Model: 'Camera 1' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '39/1 31/1 12/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '116/1 42/1 0/1',
      },
    })
    .toBuffer()
  expect((await sharp(photo).metadata()).exif?.includes('Camera 1')).toBe(true)
  return photo
}

describe.each([
  { at: '390 px', size: sizes.phone, number: '10044120391' },
  { at: '1440 px', size: sizes.wide, number: '10044121441' },
])('a resident at $at, the console at 1440 px', ({ size, number }) => {
  let resident: Page
  let code: string
  const words = `楼道三天没人打扫，扶手一摸一手黑，${size.width}`
  beforeAll(async () => {
    resident = await house.person(size)
  })
  afterAll(() => resident?.context().close())

  test('RQ1 says it with a photo; a file that is no photo is refused in a clear sentence', async () => {
    await resident.goto('/')
    await reads(resident, phone.home.ask)
    await resident.getByRole('link', { name: phone.home.say }).click()
    await resident.getByRole('textbox', { name: phone.say.what }).fill(words)
    const files = resident.getByLabel(phone.say.photo)
    await files.setInputFiles([
      { name: 'stairs.jpg', mimeType: 'image/jpeg', buffer: await photoWithPosition() },
    ])
    await resident.getByRole('img', { name: said(phone.photo, { number: '1' }) }).waitFor()
    await files.setInputFiles([
      { name: 'list.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('milk, eggs, flour') },
    ])
    await reads(resident, /照片2没收：.*这不是能用的照片/)
    await resident.getByRole('button', { name: said(phone.photo_remove, { number: '2' }) }).click()

    // Without a place nothing is handed in, and the page says what is missing.
    await button(resident, phone.say.send).click()
    await reads(resident, phone.place.missing)
    await choosePlace(resident)
    await leavePhone(resident, '赵玉兰', number)
    code = await handIn(resident)
    await reads(resident, phone.said.code_with_phone)
    await reads(resident, said(phone.said.with, { name: `${place.community}居委会` }))
  })

  test('RQ2 the desk finds it in its inbox and accepts it with category and urgency', async () => {
    await community.goto('/console/inbox')
    await community.getByRole('tab', { name: desk.queue.mine }).waitFor()
    await findByCode(community, code)
    const article = community.getByRole('article')
    await reads(article, words)
    await reads(article, desk.turn.yours)
    await accept(community, 'C04')
  })

  test('RQ2 and dispatches it to the property firm', async () => {
    await assign(community, /物业/)
    await reads(community.getByRole('article'), /现在归.*物业/)
  })

  test('RQ3 the firm takes it and answers', async () => {
    await firm.goto('/console/inbox')
    await findByCode(firm, code)
    const article = firm.getByRole('article')
    await reads(article, desk.turn.yours)
    await take(firm, '下午就派人去。')
    // An answer that leaves a point open is not sent.
    const form = await step(firm, 'answer')
    await form.getByLabel(desk.field.answer).fill('打扫了。')
    await button(form, desk.deed.answer).click()
    await reads(form, desk.cover.missing)
    await button(form, desk.deed.cancel).click()
    await answer(firm, '楼道打扫了，扶手擦了两遍，以后每周一、周四打扫。')
    await reads(article, desk.due.awaitsWord)
  })

  test('RQ8 the resident reads the answer, says it is solved, and rates', async () => {
    await resident.goto('/mine')
    await resident.getByRole('link', { name: /楼道三天没人打扫/ }).click()
    await resident.getByRole('heading', { level: 1, name: /楼道三天没人打扫/ }).waitFor()
    await reads(resident, '楼道打扫了，扶手擦了两遍，以后每周一、周四打扫。')
    await reads(resident, '您说')
    await reads(resident, phone.request.solved)
    await button(resident, phone.deed.confirm).click()
    await reads(resident, phone.request.rate)
    await resident.getByText(phone.satisfaction.satisfied, { exact: true }).click()
    await reads(resident, lifecycle.story.confirm_you)
    await reads(resident, said(lifecycle.story.rate_you, { satisfaction: phone.satisfaction.satisfied }))
    await reads(resident, phone.closed.satisfied)
  })

  test('the photo that is given out is the picture without its EXIF', async () => {
    const id = new URL(resident.url()).pathname.split('/').at(-1)
    const request = await (await resident.request.get(`/api/requests/${id}`)).json()
    expect(request.code).toBe(code)
    expect(request.attachments).toHaveLength(1)
    const given = await resident.request.get(`/api/attachments/${request.attachments[0].id}`)
    const photo = await given.body()
    const { exif, xmp, iptc, width, height } = await sharp(photo).metadata()
    expect({ exif, xmp, iptc, width, height }).toEqual({
      exif: undefined,
      xmp: undefined,
      iptc: undefined,
      width: 1200,
      height: 900,
    })
    expect(photo.includes('Camera 1')).toBe(false)
    const stranger = await house.person()
    expect((await stranger.request.get(`/api/attachments/${request.attachments[0].id}`)).ok()).toBe(false)
    await stranger.context().close()
  })

  test('and the desk sees it closed, in the resident’s own words', async () => {
    await community.goto('/console/inbox')
    await findByCode(community, code)
    const article = community.getByRole('article')
    await reads(article, lifecycle.state.closed)
    await reads(article, lifecycle.story.confirm)
  })
})
