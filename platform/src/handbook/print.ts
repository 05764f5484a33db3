import { postsFor } from '#access/actor.ts'
import type { Call } from '#access/route.ts'
import { append } from '#audit/service.ts'
import { householdsOf, readerOf } from '#households/register.ts'
import type { HouseholdView } from '#households/contract.ts'
import type { Keys } from '#kernel/keys.ts'
import { refuse } from '#kernel/problem.ts'
import { organisationNames } from '#org/service.ts'
import { personNames } from '#people/service.ts'
import { buildingView } from './building.ts'
import type { Print, PrintInput } from './contract.ts'

/**
 * The handbook on paper (L3): the building as it is drawn, and a page for the households of one stairwell. Names are masked
 * as on the screen, phones always; who prints and why stands on every sheet and in the ledger, at each household (boundary 8).
 */

/** More people than this on one print would be an export, and take somebody's approval (boundary 8). */
const mostPeople = 100

export async function printHandbook(call: Call, input: PrintInput, keys: Keys): Promise<Print> {
  const { trx, actor, now } = call
  if (actor.kind !== 'staff') refuse('access.not_allowed')
  const building = await buildingView(trx, input.building, now)
  const units = building.units.filter(({ path }) => input.unit === undefined || path === input.unit)
  if (units.length === 0) refuse('record.invalid_reference', { field: 'body.unit' })
  const ids = input.pages
    ? units.flatMap(({ doors }) => doors.flatMap(({ household }) => household?.id ?? []))
    : []
  const households = await householdsOf(trx, ids, readerOf(call, { keys, names: personNames }))
  const people = households.reduce((sum, { members }) => sum + livingHere(members).length, 0)
  if (people > mostPeople) refuse('handbook.too_many', { field: 'body.unit' })
  const organisation = postsFor(actor, 'household.print')[0]?.post.organisation
  for (const { id, path } of households)
    await append(trx, {
      actor,
      organisation,
      action: 'household.print',
      purpose: 'service',
      now,
      note: {
        subjectKind: 'household',
        subject: id,
        path,
        reason: input.reason,
        detail: { print: input.id },
      },
    })
  const names = organisation ? await organisationNames(trx, [organisation]) : new Map()
  const me = (await personNames(trx, [actor.id])).get(actor.id)
  return {
    id: input.id,
    at: now.toString({ smallestUnit: 'millisecond' }),
    by: {
      name: me?.name ?? '',
      organisation: (organisation && names.get(organisation)?.shortName) ?? '',
    },
    reason: input.reason,
    building: { ...building, units },
    households: households.map((one) => ({ ...one, members: livingHere(one.members) })),
    people,
  }
}

const livingHere = (members: HouseholdView['members']) => members.filter(({ left }) => left === null)
