import type { Declared, PersonalField } from './fields/declare.ts'
import { access } from './fields/access.ts'
import { audit } from './fields/audit.ts'
import { catalogue } from './fields/catalogue.ts'
import { deadlines } from './fields/deadlines.ts'
import { dispatch } from './fields/dispatch.ts'
import { exchange } from './fields/exchange.ts'
import { field } from './fields/field.ts'
import { households } from './fields/households.ts'
import { kernel } from './fields/kernel.ts'
import { liaison } from './fields/liaison.ts'
import { matters } from './fields/matters.ts'
import { mediation } from './fields/mediation.ts'
import { meetings } from './fields/meetings.ts'
import { notify } from './fields/notify.ts'
import { offers } from './fields/offers.ts'
import { open311 } from './fields/open311.ts'
import { org } from './fields/org.ts'
import { people } from './fields/people.ts'
import { requests } from './fields/requests.ts'
import { rota } from './fields/rota.ts'
import { search } from './fields/search.ts'
import { suggest } from './fields/suggest.ts'
import { visits } from './fields/visits.ts'
import { whistle } from './fields/whistle.ts'
import { wishes } from './fields/wishes.ts'

/**
 * The registry of personal data: every column that holds any says what for, on which legal basis, how sensitive it is and
 * how long it stays (boundaries.md 2; PIPL articles 6, 13, 19, 28). Every other column is named as not personal, so that
 * a new column is a decision: `npm run check` refuses one that stands in neither list. Each folder declares the tables it
 * owns in a file of its name, and no other's: nothing is declared in two places, where the later would hide the earlier.
 */
export const declared = {
  access,
  audit,
  catalogue,
  deadlines,
  dispatch,
  exchange,
  field,
  households,
  kernel,
  liaison,
  matters,
  mediation,
  meetings,
  notify,
  offers,
  open311,
  org,
  people,
  requests,
  rota,
  search,
  suggest,
  visits,
  whistle,
  wishes,
} as const satisfies Record<string, Declared>

type Registry = typeof declared
type Column = { [Folder in keyof Registry]: keyof Registry[Folder]['personal'] }[keyof Registry]

/** Personal columns, by `table.column`. */
export const personal = Object.fromEntries(
  Object.values(declared).flatMap((folder) => Object.entries(folder.personal)),
) as Record<Column, PersonalField>
