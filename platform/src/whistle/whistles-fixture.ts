import { expect } from 'vitest'
import { district, ids, openSession, paths } from '#tests/fixture.ts'
import { accept, entered, newId, said, startDistrict } from '#tests/story.ts'
import { ringWhistles } from './clock.ts'
import type { Command } from './commands.ts'
import text from './data/whistles-fixture.json' with { type: 'json' }
import { followOpen } from './follow.ts'
import { workerOf } from './people-fixture.ts'

/** A district in which whistles are blown, through the front door, and how one goes on. */

export type Said = { [K in Command['kind']]: Omit<Extract<Command, { kind: K }>, 'id'> }[Command['kind']]

export async function startWhistles() {
  const { server, staff } = await startDistrict()
  const bureau = await workerOf(server, ids.bureau, paths.district, text.name)

  /** Time goes on; sessions do not outlive the day. */
  async function later(duration: Temporal.DurationLike): Promise<void> {
    server.clock.advance(duration)
    for (const role of ['community_desk', 'subdistrict_desk', 'district_desk', 'handler'] as const)
      staff[role] = await openSession(server.ownerUrl, role, server.clock.now().toString())
  }

  const get = async (token: string, id: string) =>
    (await server.call('GET', `/api/whistles/${id}`, { token })).json
  const request = async (id: string) =>
    (await server.call('GET', `/api/requests/${id}`, { token: staff.district_desk })).json

  /** A request that the community has accepted. */
  async function accepted(
    words = text.said,
  ): Promise<{ id: string; code: string; token: string | undefined }> {
    const one = await said(server, { words, path: paths.inside.unit })
    await entered(server, staff.community_desk, one.id, accept)
    return one
  }

  const form = (requests: string[], more: Record<string, unknown> = {}, token = staff.community_desk) =>
    server.call('POST', '/api/whistles', {
      token,
      body: { id: newId(server), requests, words: text.form, ...more },
    })

  async function formed(requests: string[], more: Record<string, unknown> = {}) {
    const answer = await form(requests, more)
    expect(answer.status, answer.text).toBe(201)
    return answer.json as {
      id: string
      version: number
      state: string
      items: { id: string; dueAt: string }[]
    }
  }

  const step = (
    token: string,
    whistle: string,
    command: Partial<Said> & { kind: string },
    id = newId(server),
  ) => server.call('POST', `/api/whistles/${whistle}/entries`, { token, body: { id, ...command } })

  async function went(token: string, whistle: string, command: Partial<Said> & { kind: string }) {
    const answer = await step(token, whistle, command)
    expect(answer.status, `${command.kind}: ${answer.text}`).toBe(200)
    return answer.json
  }

  const blow = (lead = ids.bureau, assisting = [ids.firm]): Said => ({
    kind: 'blow',
    lead,
    assisting,
    words: text.blow,
  })
  const clock = async () => {
    await followOpen(server.database, district, server.clock.now())
    return ringWhistles(server.database, district, server.clock.now())
  }
  const kinds = async (id: string): Promise<string[]> =>
    ((await request(id)).entries as { kind: string }[]).map(({ kind }) => kind).toReversed()

  /** RQ1: what the ledger says of its holder. */
  const holderOf = async (id: string) => (await request(id)).holder?.organisation.id ?? null

  return {
    server,
    staff,
    bureau,
    later,
    get,
    request,
    accepted,
    form,
    formed,
    step,
    went,
    blow,
    clock,
    kinds,
    holderOf,
  }
}
