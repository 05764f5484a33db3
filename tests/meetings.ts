import pg from 'pg'
import { derivedId } from '#kernel/ids.ts'
import { district, ids, personOf } from './fixture.ts'

/** The joint meeting that the generated tests ask for, by side: in the room, with one item and nobody else in it. */

type Side = 'inside' | 'outside'

export const jointOf = (side: Side) => derivedId('joint meeting', side)
export const meetingOf = (side: Side) => derivedId('meeting', side)
export const itemOf = (side: Side) => derivedId('meeting item', side)
export const callerOf = (side: Side) => (side === 'inside' ? ids.community : ids.otherCommunity)

/** Written as the owner, for a community. */
export async function meetingAt(ownerUrl: string, path: string, side: Side): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const at = '2026-11-20T02:00:00Z'
  try {
    await client.query(
      `insert into joint_meeting (district_code, id, path, level, organisation_id, name, chair, made_at)
       values ($1, $2, $3, 'community', $4, '路灯不亮联席会议', '书记', $5)`,
      [district, jointOf(side), path, callerOf(side), at],
    )
    await client.query(
      `insert into meeting (district_code, id, joint_id, path, at, place, state, made_by_person_id, made_at)
       values ($1, $2, $3, $4, $6, '二楼会议室', 'open', $5, $6)`,
      [district, meetingOf(side), jointOf(side), path, personOf('community_desk'), at],
    )
    await client.query(
      `insert into meeting_member (district_code, meeting_id, organisation_id, kind, post, seat) values ($1, $2, $3, 'standing', '书记', 1)`,
      [district, meetingOf(side), callerOf(side)],
    )
    await client.query(
      `insert into meeting_item (district_code, id, meeting_id, path, seq, title, words) values ($1, $2, $3, $4, 1, '路灯不亮', '整条路都不亮')`,
      [district, itemOf(side), meetingOf(side), path],
    )
  } finally {
    await client.end()
  }
}
