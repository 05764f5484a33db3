import type { Declared } from './declare.ts'
import { staff } from './declare.ts'

/** Who works here, what they can do and when they are away. */
export const people = {
  personal: {
    'person.name': { purpose: ['name who answers', 'sign in'], ...staff },
    'person.work_phone': { purpose: ['name who answers'], ...staff },
    'person.login': { purpose: ['sign in'], ...staff },
    'post.person_id': { purpose: ['name who answers'], ...staff },
    'post.backup_person_id': { purpose: ['name who answers'], ...staff },
    'person.employer_id': { purpose: ['plan who serves whom'], ...staff },
    'person.availability': { purpose: ['plan who serves whom'], ...staff },
    'person.most_households': { purpose: ['plan who serves whom'], ...staff },
    // Where somebody who serves lives: told for the plan, and read for nothing else.
    'person_anchor.person_id': { purpose: ['plan who serves whom'], ...staff },
    'person_anchor.lon': { purpose: ['plan who serves whom'], ...staff, sensitivity: 'sensitive' },
    'person_anchor.lat': { purpose: ['plan who serves whom'], ...staff, sensitivity: 'sensitive' },
    'person_anchor.path': { purpose: ['plan who serves whom'], ...staff },
    'person_skill.person_id': { purpose: ['plan who serves whom'], ...staff },
    'person_skill.skill': { purpose: ['plan who serves whom'], ...staff },
    'absence.person_id': { purpose: ['name who answers'], ...staff },
    'absence.backup_person_id': { purpose: ['name who answers'], ...staff },
    'absence.from_on': { purpose: ['name who answers'], ...staff },
    'absence.until_on': { purpose: ['name who answers'], ...staff },
    'person_initials.initials': { purpose: ['name who answers'], ...staff },
    'person_initials.person_id': { purpose: ['name who answers'], ...staff },
  },
  notPersonal: {
    person: ['id', 'active', 'version', 'created_at'],
    post: ['id', 'organisation_id', 'role', 'path', 'valid_from', 'valid_until', 'version'],
    person_anchor: ['id', 'kind'],
    organisation_pair: ['organisation_id', 'path'],
    absence: ['id', 'version'],
  },
} as const satisfies Declared
