import type { Call } from '#access/route.ts'
import { derivedId, uuidv7 } from '#kernel/ids.ts'
import type { Keys } from '#kernel/keys.ts'
import { reachRequests } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import { areaCalled, areaNamedIn, areaNear } from '#org/nearby.ts'
import { idOfCode, knownRequest } from '#requests/lookup.ts'
import { enter } from '#requests/service.ts'
import { submit } from '#requests/submission.ts'
import type { Post, UpdatePost } from './contract.ts'
import { checkJurisdiction } from './service.ts'
import { answersTo, definitionOf, ownNumbers } from './services.ts'
import * as store from './store.ts'
import { words } from './words.ts'

/** What programs send: new requests, and what their reporters add later. */

const mobile = /^(?:\+?86)?(1\d{10})$/
const mostWords = 4000

/** The desk reads what a program sent in the language of the desk. */
const desk = 'zh-CN'

function clientOf({ actor }: Call) {
  return actor.kind === 'client' ? actor : refuse('access.not_allowed')
}

/** OP5: the area a request is about: by its point, else by the code of an area, else by a name in the address. */
async function pathOf(
  { trx }: Call,
  { lat, long, address_string: address, address_id: code }: Post,
): Promise<string> {
  if (lat === undefined && long === undefined && !address && !code)
    refuse('open311.place_needed', { field: 'lat' })
  if ((lat === undefined) !== (long === undefined))
    refuse('open311.place_needed', { field: lat === undefined ? 'lat' : 'long' })
  const path =
    (code && (await areaCalled(trx, code))) ||
    (lat !== undefined && long !== undefined && (await areaNear(trx, long, lat))) ||
    (address && (await areaNamedIn(trx, address)))
  return path || refuse('open311.place_unknown', { field: lat === undefined ? 'address_string' : 'lat' })
}

/** OP6: the sender's own number makes the id, so that the same one sent again is the same request. */
function idFor(call: Call, client: string, { attribute }: Post): string {
  const number = ownNumbers.map((name) => attribute[name]?.[0]?.trim()).find(Boolean)
  return number ? derivedId('open311', client, number) : uuidv7(call.now)
}

/** What was said, what was answered to the questions, and where photos lie, as one text for the desk. */
function wordsOf(post: Post): string {
  const { attributes, photos } = words[desk].submission
  const answers = answersTo(post.service_code, post.attribute, desk)
  return [
    post.description,
    ...(answers.length > 0 ? [`${attributes}\n${answers.join('\n')}`] : []),
    ...linksIn(post.media_url, photos),
  ].join('\n\n')
}

function linksIn(given: Post['media_url'], label: string): string[] {
  const links = [given ?? []].flat().filter((link) => URL.canParse(link) && /^https?:/i.test(link))
  return links.length > 0 ? [`${label}\n${links.join('\n')}`] : []
}

/**
 * One name out of two. A Chinese one stands without a space and family name first: that is the shorter part, because
 * programs that only cut at a space put it into either field.
 */
function nameOf({ first_name: first = '', last_name: last = '' }: Post): string {
  const parts = [first, last].filter((part) => part !== '')
  return parts.every((part) => /^\p{Script=Han}+$/u.test(part))
    ? (first.length < last.length ? [first, last] : [last, first]).join('')
    : parts.join(' ')
}

/** Takes a request in, for whoever the program speaks for. @returns its short code and id. */
export async function receive(
  call: Call,
  post: Post,
  keys: Keys,
): Promise<{ code: string; id: string; path: string }> {
  const client = clientOf(call)
  checkJurisdiction(call, post.jurisdiction_id)
  await definitionOf(call, post.service_code)
  const id = idFor(call, client.id, post)
  await reachRequests(call.trx, [id])
  const path = await pathOf(call, post)
  const known = await knownRequest(call.trx, id)
  // Sent again, perhaps in other words by now: still the same request.
  if (known) return { code: known.code, id, path: known.path }
  const name = nameOf(post)
  const phone = mobile.exec((post.phone ?? '').replaceAll(/[\s()-]/g, ''))?.[1]
  const { receipt } = await submit(
    call,
    {
      id,
      words: wordsOf(post),
      path,
      place: [...(post.address_string ?? '')].slice(0, 120).join(''),
      ...(post.lat !== undefined && post.long !== undefined && { lat: post.lat, lon: post.long }),
      channel: 'open311',
      category: post.service_code,
      attachments: [],
      reporter: { id: derivedId('reporter', id), ...(name && { name }), ...(phone && { phone }) },
    },
    { keys },
  )
  await store.addSent(call.trx, id, client.id, call.now.toString({ smallestUnit: 'millisecond' }))
  return { code: receipt.code, id, path }
}

/** The short code of a request that a program sent, by the token it was answered with. */
export async function codeOf(call: Call, token: string): Promise<string> {
  if (!(await store.sender(call.trx, token))) refuse('request.not_found')
  await reachRequests(call.trx, [token])
  return (await knownRequest(call.trx, token))?.code ?? refuse('request.not_found')
}

/** OP7: adds what the reporter says to a request of this program, as a note. The same number twice is one note. */
export async function receiveUpdate(
  call: Call,
  post: UpdatePost,
): Promise<{ update: string; request: string }> {
  const client = clientOf(call)
  checkJurisdiction(call, post.jurisdiction_id)
  const request = await idOfCode(call.trx, post.service_request_id)
  if (!request || (await store.sender(call.trx, request)) !== client.id) refuse('request.not_found')
  await reachRequests(call.trx, [request])
  const { photos, no_text: noText } = words[desk].submission
  const update = derivedId('open311.update', client.id, request, post.update_id)
  const text = [...(post.description ? [post.description] : []), ...linksIn(post.media_url, photos)].join(
    '\n\n',
  )
  await enter(call, request, {
    id: update,
    kind: 'note',
    words: text.slice(0, mostWords) || noText,
    visible: true,
    attachments: [],
  })
  return { update, request }
}
