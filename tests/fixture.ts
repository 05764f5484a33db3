import { createHash, randomBytes } from 'node:crypto'
import pg from 'pg'
import type { Role } from '#access/permissions.ts'
import { derivedId } from '#kernel/ids.ts'

/** A district small enough to know by heart: two subdistricts, three communities, one person for every role, two requests. */

export const district = '131003'
export const paths = {
  district: '131003/',
  /** Where everybody of the fixture serves. */
  inside: {
    subdistrict: '131003/131003001/',
    community: '131003/131003001/131003001001/',
    unit: '131003/131003001/131003001001/131003001001001/131003001001001001/13100300100100100101/',
  },
  /** Where none of them does, except the district's own people. */
  outside: { subdistrict: '131003/131003002/', community: '131003/131003002/131003002002/' },
} as const

export const ids = {
  district: derivedId('organisation', 'district'),
  subdistrict: derivedId('organisation', 'subdistrict'),
  community: derivedId('organisation', 'community'),
  otherSubdistrict: derivedId('organisation', 'other-subdistrict'),
  otherCommunity: derivedId('organisation', 'other-community'),
  bureau: derivedId('organisation', 'bureau'),
  firm: derivedId('organisation', 'firm'),
}

export const personOf = (role: Role) => derivedId('person', role)

const areas = [
  ['district', '131003/', null, '广阳区'],
  ['subdistrict', '131003/131003001/', '131003/', '银河北路街道'],
  ['community', '131003/131003001/131003001001/', '131003/131003001/', '西后街社区居民委员会'],
  [
    'compound',
    '131003/131003001/131003001001/131003001001001/',
    '131003/131003001/131003001001/',
    '和平小区',
  ],
  [
    'building',
    '131003/131003001/131003001001/131003001001001/131003001001001001/',
    '131003/131003001/131003001001/131003001001001/',
    '1号楼',
  ],
  [
    'unit',
    '131003/131003001/131003001001/131003001001001/131003001001001001/13100300100100100101/',
    '131003/131003001/131003001001/131003001001001/131003001001001001/',
    '1单元',
  ],
  ['community', '131003/131003001/131003001002/', '131003/131003001/', '北大街社区居民委员会'],
  ['subdistrict', '131003/131003002/', '131003/', '爱民东道街道'],
  ['community', '131003/131003002/131003002002/', '131003/131003002/', '统建楼社区居民委员会'],
] as const

const organisations = [
  [ids.district, 'government', '广阳区社区服务中心', '131003/', 'district'],
  [ids.subdistrict, 'government', '银河北路街道办事处', '131003/131003001/', 'subdistrict'],
  [ids.community, 'committee', '西后街社区居民委员会', '131003/131003001/131003001001/', 'community'],
  [ids.otherSubdistrict, 'government', '爱民东道街道办事处', '131003/131003002/', 'subdistrict'],
  [ids.otherCommunity, 'committee', '统建楼社区居民委员会', '131003/131003002/131003002002/', 'community'],
  [ids.bureau, 'department', '城管局', '131003/', null],
  [ids.firm, 'property_firm', '和顺物业', '131003/131003001/131003001001/', null],
] as const

/** Where each role of the fixture serves, and for whom. */
export const posts: Record<Role, { organisation: string; path: string }> = {
  system_admin: { organisation: ids.district, path: paths.district },
  security_admin: { organisation: ids.district, path: paths.district },
  audit_admin: { organisation: ids.district, path: paths.district },
  community_desk: { organisation: ids.community, path: paths.inside.community },
  subdistrict_desk: { organisation: ids.subdistrict, path: paths.inside.subdistrict },
  district_desk: { organisation: ids.district, path: paths.district },
  handler: { organisation: ids.firm, path: paths.inside.community },
  grid_worker: { organisation: ids.community, path: paths.inside.community },
  liaison: { organisation: ids.bureau, path: paths.inside.unit },
  building_head: { organisation: ids.community, path: paths.inside.unit },
}

/** Writes the fixture as the owner. */
export async function seedFixture(ownerUrl: string, at: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(`insert into district values ($1, '广阳区', 'GY')`, [district])
    for (const [kind, path, parent, name] of areas) {
      const code = path.split('/').at(-2)
      await client.query(
        'insert into area (district_code, path, code, kind, parent_path, name) values ($1, $2, $3, $4, $5, $6)',
        [district, path, code, kind, parent, name],
      )
    }
    for (const [id, kind, name, path, desk] of organisations) {
      await client.query(
        'insert into organisation (district_code, id, kind, name, short_name, path, desk_level) values ($1, $2, $3, $4, $4, $5, $6)',
        [district, id, kind, name, path, desk],
      )
    }
    for (const [role, post] of Object.entries(posts) as [Role, { organisation: string; path: string }][]) {
      await client.query(
        'insert into person (district_code, id, name, login, created_at) values ($1, $2, $3, $4, $5)',
        [district, personOf(role), `${role}的人`, role, at],
      )
      await client.query(
        'insert into post (district_code, id, person_id, organisation_id, role, path, valid_from) values ($1, $2, $3, $4, $5, $6, $7)',
        [district, derivedId('post', role), personOf(role), post.organisation, role, post.path, at],
      )
    }
  } finally {
    await client.end()
  }
}

/** Logs a person of the fixture in, without the ceremony: a session as the login would make it. @returns the cookie's token. */
export async function openSession(ownerUrl: string, role: Role, at: string): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(
      `insert into session (district_code, token_hash, kind, person_id, created_at, expires_at) values ($1, $2, 'staff', $3, $4::timestamptz, $4::timestamptz + interval '12 hours')`,
      [district, createHash('sha256').update(token).digest('hex'), personOf(role), at],
    )
  } finally {
    await client.end()
  }
  return token
}
