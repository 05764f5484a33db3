import { openSession } from '#access/sessions.ts'
import { maskName, maskPhone } from '#access/mask.ts'
import { district, ids } from './fixture.ts'
import { accept, asOwner, entered, newId, said } from './story.ts'
import texts from './data/confided.json' with { type: 'json' }
import type { Said, startDistrict } from './story.ts'

/** A resident who says something in confidence, and everything about it that must reach nobody it is about. */

export type Place = Awaited<ReturnType<typeof startDistrict>>

/** A stairwell that nobody serves, so that its path stands in no answer but one about who lives there. */
const building = '131003/131003001/131003001001/131003001001001/131003001001001001/'
export const door = `${building}13100300100100100109/`
const { name, place, words, note } = texts
const phone = '10076543219'
const desksNote = `${name} ${texts.desksNote} ${phone}`

/** What the desk writes for whoever is to solve it. */
export const { matter } = texts

export type Confided = {
  request: string
  code: string
  reporter: string
  token: string
  photo: string
  message: string
  /** Texts that must occur in nothing that goes to an organisation complained of. */
  secrets: string[]
  /** What somebody would ask for to find out. */
  probes: string[]
}

/** Says it by phone page with name, phone, door, photo and a later note; the desk writes an internal note with the name. */
export async function confide(at: Place, complainedOf: readonly string[]): Promise<Confided> {
  const { server, staff } = at
  const photo = newId(server)
  await asOwner(
    server,
    `insert into area (district_code, path, code, kind, parent_path, name)
     values ($1, $2, '13100300100100100109', 'unit', $3, $4) on conflict do nothing`,
    [district, door, building, texts.unit],
  )
  await asOwner(
    server,
    `insert into attachment (district_code, id, kind, media_type, bytes, sha256, owner, created_at)
     values ($1, $2, 'photo', 'image/jpeg', 1, $3, 'anyone', now())`,
    [district, photo, Buffer.alloc(32)],
  )
  const { id, code } = await said(server, {
    words,
    place,
    path: door,
    lon: 116.712345,
    lat: 39.523456,
    confidential: true,
    complainedOf,
    attachments: [photo],
    reporter: { id: newId(server), name, phone },
  })
  // One phone is one reporter, whatever id the browser made.
  const [row] = await asOwner<{ reporter: string }>(
    server,
    'select reporter_id as reporter from service_request where id = $1',
    [id],
  )
  const { reporter } = row!
  const token = await sessionOf(at, reporter)
  await entered(server, token, id, { kind: 'note', words: note })
  const desk = complainedOf.includes(ids.community) ? staff.subdistrict_desk : staff.community_desk
  await entered(server, desk, id, { kind: 'note', words: desksNote, visible: false })
  const [message] = await asOwner<{ id: string }>(
    server,
    'select id from message where request_id = $1 limit 1',
    [id],
  )
  return {
    request: id,
    code,
    reporter,
    token,
    photo,
    message: message!.id,
    probes: [name, phone, reporter, words.slice(5, 9)],
    secrets: [
      name,
      maskName(name),
      phone,
      maskPhone(phone),
      reporter,
      place,
      door,
      '116.712345',
      '39.523456',
      photo,
      ...[words, note].flatMap((text) => text.split(/\p{P}/u)),
    ],
  }
}

/** A session of the reporter, as the phone code would open it. */
async function sessionOf({ server }: Place, reporter: string): Promise<string> {
  const scope = { district, reach: 'none' as const, paths: [], organisations: [] }
  return server.database.within(scope, (trx) =>
    openSession(trx, { kind: 'reporter', reporter }, server.clock.now()),
  )
}

/** The desk gives it to an organisation that may not know who said it, in words of its own. */
export async function giveTo(
  { server }: Place,
  desk: string,
  request: string,
  organisation: string,
  more: Partial<Extract<Said, { kind: 'assign' }>> = {},
): Promise<void> {
  await entered(server, desk, request, { ...accept, points: [texts.point] } as Said)
  await entered(server, desk, request, {
    kind: 'assign',
    lead: { organisation },
    words: matter,
    evenComplainedOf: true,
    ...more,
  })
}
