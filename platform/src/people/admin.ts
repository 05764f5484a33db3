import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { setPassword } from '#access/login.ts'
import { roles } from '#access/permissions.ts'
import type { Role } from '#access/permissions.ts'
import { append } from '#audit/service.ts'
import type { AdminAction, AdminCall } from '#kernel/admin.ts'
import { wholeOf } from '#kernel/db.ts'
import type { Trx } from '#kernel/db.ts'
import { uuidv7 } from '#kernel/ids.ts'
import { problemDocument, Refusal, refuse } from '#kernel/problem.ts'
import { areaLine, desksFor, organisationsServing } from '#org/service.ts'
import { newPersonSchema, roleSchema } from './contract.ts'
import * as people from './service.ts'

/** `person add`: a person with a post and a first password, for an installation that nobody can log in to yet. */

const usage = [
  'person add --login NAME --name NAME --role ROLE --area CODE [--organisation NAME] [--phone NUMBER]',
  `  ROLE: ${roles.join(', ')}`,
  '  CODE: of a district (6 digits), subdistrict (9), community (12); the organisation is the desk of the area when left out',
].join('\n')

type Wanted = {
  login: string
  name: string
  role: Role
  area: string
  organisation: string | undefined
  phone: string | null
}

/** No letters that are taken for one another, since somebody will type it from paper. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

/** 16 characters in groups of four: 79 bits. */
function newPassword(): string {
  const characters = Array.from({ length: 16 }, () => alphabet[randomInt(alphabet.length)]).join('')
  return characters.replace(/(.{4})(?=.)/g, '$1-')
}

function read(words: readonly string[]): Wanted | string {
  const text = { type: 'string' } as const
  try {
    const { values } = parseArgs({
      args: [...words],
      options: { login: text, name: text, role: text, area: text, organisation: text, phone: text },
    })
    const person = newPersonSchema
      .omit({ id: true })
      .required({ login: true })
      .safeParse({ name: values.name, login: values.login, workPhone: values.phone ?? null })
    if (!person.success) {
      const names = person.error.issues.map(
        ({ path }) => `--${path[0] === 'workPhone' ? 'phone' : String(path[0])}`,
      )
      return `${[...new Set(names)].join(', ')}: missing or not usable\n${usage}`
    }
    if (person.data.login === null) return usage
    const role = roleSchema.safeParse(values.role)
    const area = values.area?.replace(/\/$/, '').split('/').at(-1) ?? ''
    if (!role.success) return `--role ${values.role ?? ''}: no such role\n${usage}`
    if (!/^\d{6}(\d{3}|\d{6})?$/.test(area)) return `--area ${values.area ?? ''}: 6, 9 or 12 digits\n${usage}`
    return {
      login: person.data.login,
      name: person.data.name,
      phone: person.data.workPhone,
      role: role.data,
      area,
      organisation: values.organisation,
    }
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n${usage}`
  }
}

/** Codes begin with those of the levels above, so the path follows from the code. */
function pathOf(code: string): string {
  return [6, 9, 12]
    .filter((length) => length <= code.length)
    .map((length) => `${code.slice(0, length)}/`)
    .join('')
}

async function organisationFor(trx: Trx, path: string, named: string | undefined): Promise<string> {
  if (named === undefined) {
    const desks = await desksFor(trx, path)
    return (
      (desks.community ?? desks.subdistrict ?? desks.district)?.organisation ??
      refuse('record.invalid_reference', { field: 'area' })
    )
  }
  const found = await organisationsServing(trx, path, named)
  const exact = found.filter(({ name, shortName }) => name === named || shortName === named)
  const [one, other] = exact.length > 0 ? exact : found
  return one && !other ? one.id : refuse('record.invalid_reference', { field: 'organisation' })
}

async function add({ database, keys, clock, print }: AdminCall, wanted: Wanted): Promise<void> {
  const now = clock.now()
  const path = pathOf(wanted.area)
  const person = uuidv7(now)
  const password = newPassword()
  await database.within(wholeOf(wanted.area.slice(0, 6)), async (trx) => {
    if ((await areaLine(trx, path)).length === 0) refuse('record.invalid_reference', { field: 'area' })
    const organisation = await organisationFor(trx, path, wanted.organisation)
    await people.addPerson(
      trx,
      { id: person, name: wanted.name, login: wanted.login, workPhone: wanted.phone },
      now,
    )
    await people.addPost(
      trx,
      { id: uuidv7(now), person, organisation, role: wanted.role, path, backup: null, until: null },
      now,
    )
    await setPassword(trx, { person, password, mustChange: true }, now, keys)
    await append(trx, {
      actor: { kind: 'system' },
      action: 'person.change',
      purpose: 'administration',
      now,
      note: {
        subjectKind: 'person',
        subject: person,
        path,
        detail: { added: true, role: wanted.role, by: 'command' },
      },
    })
  })
  print(
    `${wanted.login} may log in with the password ${password} and has to choose another one then. It is shown only now.`,
  )
}

/** In a sentence that names the option at fault and what to do. */
function whyNot({ code, details }: Refusal, { area, organisation, role }: Wanted): string {
  if (code === 'record.invalid_reference' && details.field === 'area')
    return `--area ${area}: no such area here. Read the divisions first: npm run -s admin -- areas import FILE`
  if (code === 'record.invalid_reference' && details.field === 'organisation')
    return `--organisation ${organisation ?? ''}: not exactly one organisation of that name serves ${area}.`
  if (code === 'record.invalid_reference')
    return `--role ${role} --area ${area}: that ${(details.field ?? 'post').replace('body.', '')} does not fit. A desk is of the level of its area: 6, 9 or 12 digits.`
  const { title, detail } = problemDocument(code, details, 'en', 'command')
  return `${[title, detail].filter(Boolean).join('. ')} (--role ${role} --area ${area}${details.field ? `; ${details.field}` : ''})`
}

export const addPerson: AdminAction = async (call) => {
  const wanted = read(call.words)
  if (typeof wanted === 'string') {
    call.print(wanted)
    return 2
  }
  try {
    await add(call, wanted)
    return 0
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    call.print(whyNot(error, wanted))
    return 1
  }
}
