import type pg from 'pg'
import { derivedId } from '#kernel/ids.ts'
import { seal } from '#kernel/keys.ts'
import type { Keys } from '#kernel/keys.ts'
import { copyRows } from './copy.ts'
import type { Row } from './copy.ts'
import names from './data/robots.json' with { type: 'json' }
import { iso } from './simulation.ts'
import type { World } from './world.ts'

/**
 * Robots in the chat groups of two organisations, and what they posted in the last two days: one whose service took all of
 * it, one whose key was changed in the group since yesterday, so that the IT desk has something to mend (NT18, RQ17).
 */

const robotColumns = [
  'district_code',
  'id',
  'organisation_id',
  'kind',
  'name',
  'origin',
  'target_sealed',
  'language',
  'declined',
  'active',
  'version',
  'set_at',
] as const
const postedColumns = [
  'district_code',
  'id',
  'channel',
  'to_organisation_id',
  'device_id',
  'template',
  'params',
  'request_id',
  'state',
  'tries',
  'reason',
  'detail',
  'created_at',
  'sent_at',
] as const

const services = [
  {
    kind: 'wecom',
    origin: 'https://qyapi.weixin.qq.com',
    path: '/cgi-bin/webhook/send?key=demo',
    level: 'subdistrict',
  },
  {
    kind: 'dingtalk',
    origin: 'https://oapi.dingtalk.com',
    path: '/robot/send?access_token=demo',
    level: null,
  },
] as const
const mostPosted = 40
const refusal = '200 {"errcode":310000,"errmsg":"sign not match"}'

type Told = {
  id: string
  template: string
  params: Record<string, unknown>
  request: string | null
  at: Date
}

export async function fillRobots(client: pg.Client, world: World, keys: Keys): Promise<void> {
  const district = world.geography.district.code
  const now = world.now.epochMilliseconds
  const recently = iso(now - 48 * 3_600_000)
  for (const [index, { kind, origin, path, level }] of services.entries()) {
    // Whoever was told most lately, among the desks of that level or among those that are no desk.
    const { rows: busiest } = await client.query<{ id: string }>(
      `select o.id from organisation o join message m on m.district_code = o.district_code and m.to_organisation_id = o.id
       where o.desk_level is not distinct from $1 and m.created_at > $2 group by o.id order by count(*) desc, o.id limit 1`,
      [level, recently],
    )
    const organisation = busiest[0]?.id
    if (!organisation) continue
    const id = derivedId('robot', 'demo', kind)
    const secret = kind === 'dingtalk' ? 'SEC-demo-demo' : null
    const target = seal(keys, JSON.stringify({ url: `${origin}${path}`, secret }), `robot.target:${id}`)
    await copyRows(client, 'robot', robotColumns, [
      [
        district,
        id,
        organisation,
        kind,
        names[index] ?? kind,
        origin,
        target,
        'zh-CN',
        '{progress:robot}',
        true,
        1,
        iso(world.since),
      ],
    ])
    const { rows: told } = await client.query<Told>(
      `select id, template, params, request_id as request, created_at as at from message
       where to_organisation_id = $1 and channel = 'in_app' and created_at > $2 order by created_at desc limit $3`,
      [organisation, recently, mostPosted],
    )
    const posted = told.map(({ id: message, template, params, request, at }): Row => {
      const failed = kind === 'dingtalk' && now - at.getTime() < 24 * 3_600_000
      const when = at.toISOString()
      return [
        district,
        derivedId('robot', message, id),
        'robot',
        organisation,
        id,
        template,
        params,
        request,
        failed ? 'failed' : 'sent',
        1,
        failed ? 'refused' : null,
        failed ? refusal : null,
        when,
        failed ? null : when,
      ]
    })
    await copyRows(client, 'message', postedColumns, posted)
  }
}
