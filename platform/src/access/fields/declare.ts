/** The words in which a column is declared, and what most columns of one kind have in common. */

type Sensitivity =
  /** Personal information. */
  | 'personal'
  /** Sensitive personal information (PIPL article 28): shown masked, encrypted at rest where it is a number. */
  | 'sensitive'

/** Why the field may be held. */
type Basis =
  /** PIPL 13(1): given freely with what one says; taken back by withdrawing or erasing. */
  | 'consent'
  /** PIPL 13(3): needed for a duty laid on the committee or office by law. */
  | 'statutory duty'
  /** PIPL 13(2): needed to manage one's own staff under lawful rules. */
  | 'staff management'

type Purpose =
  /** Answer what was said, and tell the one who said it. */
  | 'answer requests'
  /** Know who lives at a door, to serve the household. */
  | 'serve households'
  /** Look in on whoever needs it, as they agreed or a statute says. */
  | 'look after people'
  /** Bring neighbours who fell out to an agreement, and see whether it is kept. */
  | 'settle disputes'
  /** Find who lives near a household and has time for it. */
  | 'plan who serves whom'
  /** Let the right person in, and nobody else. */
  | 'sign in'
  /** Say who is answerable. */
  | 'name who answers'
  /** Show the resident who looked, and prove what was done. */
  | 'account for use'

type Retention =
  /** While the person lives here and two years after the household left. */
  | 'residence and 2 years'
  /** Five years after the request was closed, or until erased at the reporter's wish. */
  | 'request and 5 years'
  /** While the need lasts and two years. */
  | 'care and 2 years'
  /** Five years after the file was closed, as an archive of mediation. */
  | 'file and 5 years'
  /** While the post is held and as long after as the records that name it. */
  | 'service and records'
  /** Hours to days; expires by itself. */
  | 'session'
  /** Six years; the law asks for six months at least (Cybersecurity Law article 21). */
  | 'ledger, 6 years'
  /** Until the file was brought in, 30 days at most. */
  | 'import, 30 days'
  /** Until sent, then a year. */
  | 'message and 1 year'

export type PersonalField = {
  purpose: readonly Purpose[]
  basis: Basis
  sensitivity: Sensitivity
  retention: Retention
}

export const staff = {
  basis: 'staff management',
  sensitivity: 'personal',
  retention: 'service and records',
} as const
export const resident = {
  basis: 'statutory duty',
  sensitivity: 'personal',
  retention: 'residence and 2 years',
} as const
/** Health, disability, need: separate consent, or a statute that the entry names (PIPL articles 28 and 29). */
export const cared = { basis: 'consent', sensitivity: 'sensitive', retention: 'care and 2 years' } as const
export const reporter = {
  basis: 'consent',
  sensitivity: 'personal',
  retention: 'request and 5 years',
} as const
export const disputed = {
  basis: 'statutory duty',
  sensitivity: 'sensitive',
  retention: 'file and 5 years',
} as const
export const ledger = {
  basis: 'statutory duty',
  sensitivity: 'personal',
  retention: 'ledger, 6 years',
} as const
export const brought = {
  basis: 'statutory duty',
  sensitivity: 'personal',
  retention: 'import, 30 days',
} as const
export const session = { basis: 'consent', sensitivity: 'personal', retention: 'session' } as const
export const message = { basis: 'consent', sensitivity: 'personal', retention: 'message and 1 year' } as const

/** What one folder declares of its own tables. */
export type Declared = {
  /** by `table.column` */
  personal: Readonly<Record<string, PersonalField>>
  /** Columns that say nothing about a person, by table. `district_code` is in every table and never personal. */
  notPersonal: Readonly<Record<string, readonly string[]>>
}
