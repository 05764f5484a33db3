import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildCalendar } from '#deadlines/calendar.ts'
import { liaisonsAt } from '#households/duties.ts'
import { doorsIn } from '#households/service.ts'
import { uuidv7 } from '#kernel/ids.ts'
import { rotasAt } from '#rota/on-duty.ts'
import { createTestDatabase } from '#tests/database.ts'
import type { TestDatabase } from '#tests/database.ts'
import { district, paths, personOf, seedFixture } from '#tests/fixture.ts'
import { servingHere } from './here.ts'
import { turnAt } from './rules.ts'

const morning = Temporal.Instant.from('2026-11-20T10:20:00+08:00')
const night = Temporal.Instant.from('2026-11-20T21:00:00+08:00')
const text = (instant: Temporal.Instant) => instant.toString({ smallestUnit: 'millisecond' })
const id = () => uuidv7(morning)

let made: TestDatabase

beforeAll(async () => {
  made = await createTestDatabase()
  await seedFixture(made.ownerUrl, text(morning.subtract({ hours: 24 })))
})
afterAll(() => made.drop())

describe('who to turn to here', () => {
  const here = (path: string, now: Temporal.Instant) =>
    made.database.within({ district, reach: 'none', paths: [], organisations: [] }, (trx) =>
      servingHere(trx, path, now, { doorsIn, dutiesAt: liaisonsAt, rotasAt }),
    )

  beforeAll(async () => {
    const owner = new pg.Client({ connectionString: made.ownerUrl })
    await owner.connect()
    for (const [floor, number] of [
      [1, '101'],
      [1, '102'],
      [2, '201'],
    ]) {
      await owner.query('insert into dwelling values ($1, $2, $3, $4, $5)', [
        district,
        id(),
        paths.inside.unit,
        floor,
        number,
      ])
    }
    await owner.query('update post set backup_person_id = $1 where person_id = $2', [
      personOf('grid_worker'),
      personOf('liaison'),
    ])
    await owner.query(`update person set work_phone = '10000000001' where id = $1`, [personOf('liaison')])
    await owner.end()
  })

  test('PE6 the desk has the turn from opening to closing on working days, else the grid worker', () => {
    const calendar = buildCalendar()
    const turn = (at: string) => turnAt(text(Temporal.Instant.from(`${at}+08:00`)), calendar)
    const at = (local: string) => text(Temporal.Instant.from(`${local}+08:00`))
    expect(turn('2026-11-20T08:29')).toEqual({ desk: false, until: at('2026-11-20T08:30') })
    expect(turn('2026-11-20T08:30')).toEqual({ desk: true, until: at('2026-11-20T17:30') })
    expect(turn('2026-11-20T12:30')).toEqual({ desk: true, until: at('2026-11-20T17:30') })
    expect(turn('2026-11-20T17:30')).toEqual({ desk: false, until: at('2026-11-23T08:30') })
    // Over the National Day holiday.
    expect(turn('2026-10-01T10:00').desk).toBe(false)
  })

  test('a stairwell has its liaison with the stand-in, its desk, its firm and who is on duty', async () => {
    const card = await here(paths.inside.unit, morning)
    expect(card).toMatchObject({
      place: '和平小区1号楼1单元',
      community: { path: paths.inside.community, name: '西后街社区' },
      liaisons: [
        {
          name: 'liaison的人',
          phone: '10000000001',
          organisation: '城管局',
          covers: ['1号楼1单元'],
          doors: 3,
          backup: { name: 'grid_worker的人' },
        },
      ],
      gridWorker: { name: 'grid_worker的人' },
      buildingHead: { name: 'building_head的人' },
      desk: {
        organisation: '西后街社区居民委员会',
        level: 'community',
        people: [{ name: 'community_desk的人' }],
      },
      propertyFirm: { name: '和顺物业', people: [{ name: 'handler的人' }] },
      onDuty: {
        kind: 'desk',
        name: 'community_desk的人',
        until: '2026-11-20T09:30:00.000Z',
        then: { name: 'grid_worker的人' },
      },
    })
    expect((await here(paths.inside.unit, night)).onDuty).toMatchObject({
      kind: 'grid_worker',
      name: 'grid_worker的人',
      until: '2026-11-23T00:30:00.000Z',
      then: { name: 'community_desk的人' },
    })
  })

  test('PE8 where duties are known, the liaison is whose door it is today, whatever the posts say', async () => {
    const owner = new pg.Client({ connectionString: made.ownerUrl })
    await owner.connect()
    await owner.query(
      `insert into duty (district_code, id, dwelling_id, path, person_id, valid_from)
       select district_code, gen_random_uuid(), id, path, $1, '2026-01-01' from dwelling`,
      [personOf('building_head')],
    )
    const scope = { district, reach: 'none' as const, paths: [], organisations: [], today: '2026-11-20' }
    const card = await made.database.within(scope, (trx) =>
      servingHere(trx, paths.inside.unit, morning, { doorsIn, dutiesAt: liaisonsAt, rotasAt }),
    )
    await owner.query('delete from duty')
    await owner.end()
    expect(card.liaisons).toMatchObject([{ name: 'building_head的人', covers: ['1号楼1单元'], doors: 3 }])
  })

  test('an unknown place has nobody, a subdistrict its own desk', async () => {
    expect(await here('131003/131003009/', morning)).toMatchObject({
      place: '',
      liaisons: [],
      community: null,
    })
    expect(await here(paths.inside.subdistrict, morning)).toMatchObject({
      place: '银河北路街道',
      desk: { level: 'subdistrict' },
      liaisons: [],
      propertyFirm: null,
    })
  })

  test('boundary 7: the card holds names and work phones of those who serve, no ids and no residents', async () => {
    const card = JSON.stringify(await here(paths.inside.unit, morning))
    expect(card).not.toMatch(/[\da-f]{8}-[\da-f]{4}-/)
  })
})
