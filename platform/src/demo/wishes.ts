import { phoneIndex } from '#access/reporters.ts'
import type { Keys } from '#kernel/keys.ts'
import { wishStates } from '#wishes/lifecycle.ts'
import type { WishEntryKind } from '#wishes/lifecycle.ts'
import { afterEntry } from '#wishes/lifecycle.ts'
import type pg from 'pg'
import cast from './data/cast.json' with { type: 'json' }
import data from './data/wishes.json' with { type: 'json' }
import { copyRows } from './copy.ts'
import type { Row } from './copy.ts'
import { communitiesOf } from './geography.ts'
import places from './data/places.json' with { type: 'json' }
import { momentOf } from './showcase-moment.ts'
import { iso } from './simulation.ts'
import type { World } from './world.ts'

/** Wishes of the community that the pictures show, one in every state, lived through by the live table (DM9). */

type Step = { ago: number; do: WishEntryKind; title?: string; words?: string; as?: string }
type Script = { kind: string; said: string; by: string; ago: number; steps: Step[] }

const columns = {
  wish_told: [
    'district_code',
    'wish_id',
    'path',
    'words',
    'reporter_id',
    'told_by_person_id',
    'told_by_organisation_id',
  ],
  wish: [
    ...[
      'district_code',
      'id',
      'code',
      'kind',
      'path',
      'state',
      'title',
      'words',
      'claimed_by',
      'told_at',
      'published_at',
    ],
    ...['due_at', 'changed_at', 'seq'],
  ],
  wish_claim: [
    ...[
      'district_code',
      'id',
      'wish_id',
      'path',
      'by_kind',
      'person_id',
      'organisation_id',
      'reporter_id',
      'at',
    ],
    ...['ended_at', 'ended_for'],
  ],
  wish_entry: [
    'district_code',
    'wish_id',
    'seq',
    'id',
    'kind',
    'at',
    'by_kind',
    'by_person_id',
    'by_reporter_id',
    'words',
  ],
} as const

type Who = { person: string | null; reporter: string | null; organisation: string | null; kind: string }

export async function fillWishes(
  client: pg.ClientBase,
  world: World,
  keys: Keys,
  prefix: string,
): Promise<void> {
  const rows: Record<keyof typeof columns, Row[]> = {
    wish_told: [],
    wish: [],
    wish_claim: [],
    wish_entry: [],
  }
  const known = await reportersOf(client, world, keys)
  const scripts = data as Script[]
  scripts.forEach((script, index) =>
    addWish(
      rows,
      world,
      known,
      script,
      `${prefix}-W${codeMonth(world)}-${String(index + 1).padStart(4, '0')}`,
    ),
  )
  for (const table of ['wish_told', 'wish', 'wish_claim', 'wish_entry'] as const)
    await copyRows(client, table, columns[table], rows[table])
  await client.query(`select setval('wish_number', $1)`, [scripts.length])
}

const codeMonth = ({ now }: World) => {
  const day = now.toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString()
  return day.slice(2, 4) + day.slice(5, 7)
}

/** The residents of the pictures, as far as they have said something already. */
async function reportersOf(client: pg.ClientBase, world: World, keys: Keys): Promise<(string | null)[]> {
  const found = await Promise.all(
    [cast.resident.phone, cast.neighbour.phone].map((phone) =>
      client.query<{ id: string }>('select id from reporter where district_code = $1 and phone_index = $2', [
        world.geography.district.code,
        phoneIndex(keys, phone),
      ]),
    ),
  )
  return found.map(({ rows }) => rows[0]?.id ?? null)
}

function addWish(
  rows: Record<keyof typeof columns, Row[]>,
  world: World,
  [resident = null, neighbour = null]: (string | null)[],
  script: Script,
  code: string,
): void {
  const district = world.geography.district.code
  const end = world.now.epochMilliseconds
  const random = world.random.fork(`wish/${code}`)
  const community = communitiesOf(world.geography).find(({ area }) => area.code === places.showcase.community)
  const committee = community && world.organisations.committees.get(community)
  const firm = community?.compounds.flatMap((compound) => world.organisations.firms.get(compound) ?? [])[0]
  if (!community || !committee) throw new Error('no community to wish in')
  const { path } = community.area
  const login = (name: string): Who => {
    const person = world.staff.people.find((one) => one.login === name)
    if (!person) throw new Error(`nobody called ${name}`)
    return { person: person.id, reporter: null, organisation: null, kind: 'person' }
  }
  const who: Record<string, Who> = {
    liaison: login(cast.liaison.login),
    building: login(cast.building_head.login),
    desk: login(cast.community_desk.login),
    firm: {
      ...login(cast.property.login),
      organisation: firm?.id ?? null,
      kind: firm ? 'organisation' : 'person',
    },
    resident: neighbour
      ? { person: null, reporter: neighbour, organisation: null, kind: 'resident' }
      : login(cast.building_head.login),
  }
  const teller: Who =
    script.by === 'resident' && resident
      ? { person: null, reporter: resident, organisation: null, kind: 'resident' }
      : login(cast.liaison.login)
  const toldAt = momentOf(script, end)
  const id = random.uuid(toldAt)
  let state: keyof typeof wishStates = 'told'
  let title: string | null = null
  let words: string | null = null
  let claimedBy: string | null = null
  let publishedAt: string | null = null
  let claim: { at: number; who: Who; ended: number | null } | undefined
  let at = toldAt
  let seq = 0
  const entry = (kind: string, by: Who, said: string | null) => {
    const key = random.uuid(at)
    rows.wish_entry.push([
      ...[
        district,
        id,
        (seq += 1),
        key,
        kind,
        iso(at),
        by.person === null ? 'resident' : 'staff',
        by.person,
        by.reporter,
        said,
      ],
    ])
  }
  entry('tell', teller, null)
  for (const step of script.steps) {
    at = Math.max(momentOf(step, end), at + 60_000)
    state = afterEntry(state, step.do) ?? state
    const helper: Who = claim?.who ?? who[step.as ?? 'building'] ?? teller
    const by =
      step.do === 'publish' || step.do === 'decline' ? who['desk'] : step.do === 'thank' ? teller : helper
    entry(step.do, by ?? teller, step.do === 'publish' ? null : (step.words ?? null))
    if (step.do === 'publish') {
      title = step.title ?? ''
      words = step.words ?? ''
      publishedAt = iso(at)
    }
    if (step.do === 'claim') {
      claim = { at, who: helper, ended: null }
      claimedBy = helper.kind
    }
    if (step.do === 'fulfil' && claim) claim.ended = at
  }
  const { days } = wishStates[state]
  rows.wish_told.push([
    ...[district, id, path, script.said, teller.reporter, teller.person, teller.person ? committee.id : null],
  ])
  rows.wish.push([
    ...[district, id, code, script.kind, path, state, title, words, claimedBy, iso(toldAt), publishedAt],
    ...[days === null ? null : iso(at + days * 86_400_000), iso(at), seq],
  ])
  if (claim)
    rows.wish_claim.push([
      ...[
        district,
        random.uuid(claim.at),
        id,
        path,
        claim.who.kind,
        claim.who.person,
        claim.who.organisation,
      ],
      ...[
        claim.who.reporter,
        iso(claim.at),
        claim.ended === null ? null : iso(claim.ended),
        claim.ended ? 'fulfilled' : null,
      ],
    ])
}
