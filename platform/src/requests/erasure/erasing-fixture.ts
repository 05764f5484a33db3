import { localFiles } from '#kernel/files.ts'
import { district } from '#tests/fixture.ts'
import { accept, answered, assign, entered, newId, said, startDistrict, whole } from '#tests/story.ts'
import text from '../data/erasing-fixture.json' with { type: 'json' }
import { find, story } from '../store.ts'
import { finishErasures } from './finish.ts'

/** A district in which somebody said something that is to be erased (RQ15), and the steps every such test takes. */

export const { words } = text

export type Erasing = Awaited<ReturnType<typeof startErasing>>

export async function startErasing() {
  const { server, staff } = await startDistrict()
  const security = await server.session('security_admin')
  const erase = (token: string | undefined, body: Record<string, unknown>) =>
    server.call('POST', '/api/erasures', { token, body: { id: newId(server), ...body } })
  const rowOf = (id: string) => server.database.within(whole, (trx) => find(trx, id))
  const storyOf = (id: string) => server.database.within(whole, (trx) => story(trx, id))
  const finish = () =>
    finishErasures({
      keys: server.keys,
      database: server.database,
      district,
      files: localFiles(server.dataDir),
      now: server.clock.now(),
    })

  /** Somebody without an account says something, and it is worked on. */
  async function lived(until: 'submitted' | 'accepted' | 'in_progress' | 'answered' | 'closed') {
    const request = await said(server, {
      words,
      place: text.place,
      title: text.title,
      lon: 116.7,
      lat: 39.5,
    })
    const desk = staff.community_desk
    if (until === 'submitted') return request
    await entered(server, desk, request.id, {
      ...accept,
      points: text.points,
    } as typeof accept)
    if (until === 'accepted') return request
    await entered(server, desk, request.id, { ...assign(), words: text.assign } as typeof accept)
    await entered(server, staff.handler, request.id, { kind: 'take' })
    await entered(server, staff.handler, request.id, { kind: 'note', words: text.note, visible: false })
    if (until === 'in_progress') return request
    const points = [
      { index: 0, open: false },
      { index: 1, open: true },
    ]
    await entered(server, staff.handler, request.id, {
      ...answered,
      words: text.answer,
      points,
    } as typeof accept)
    if (until === 'closed')
      await entered(server, request.token, request.id, { kind: 'confirm', satisfaction: 'satisfied' })
    return request
  }

  /** Proves a phone as a resident does. @returns the session. */
  async function proven(phone: string, token?: string) {
    const sent = await server.call('POST', '/api/phone-codes', { token, body: { phone } })
    const code = sent.json.demoCode
    const answer = await server.call('POST', '/api/phone-sessions', { token, body: { phone, code } })
    if (answer.status !== 201) throw new Error(answer.text)
    return answer.cookie!
  }

  return { server, staff, security, erase, rowOf, storyOf, finish, lived, proven }
}
