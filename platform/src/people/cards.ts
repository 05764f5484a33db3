import type { Trx } from '#kernel/db.ts'
import { organisationNames } from '#org/service.ts'
import type { Card } from './contract.ts'
import { personNames } from './service.ts'
import * as store from './store.ts'

/** The card of a liaison (L2): name, work phone, where they work, who stands in. Public, and nothing else of them. */

export async function liaisonCards(
  trx: Trx,
  persons: readonly string[],
  now: Temporal.Instant,
): Promise<Map<string, Card & { backup: Card | null }>> {
  if (persons.length === 0) return new Map()
  const posts = await store.postsHeld(
    trx,
    [...persons],
    'liaison',
    now.toString({ smallestUnit: 'millisecond' }),
  )
  const byPerson = Map.groupBy(posts, ({ person }) => person)
  const backups = posts.flatMap(({ backup }) => backup ?? [])
  const people = await personNames(trx, [...persons, ...backups])
  const organisations = await organisationNames(
    trx,
    posts.map(({ organisation }) => organisation),
  )
  const cardOf = (person: string): Card => {
    const organisation = byPerson.get(person)?.[0]?.organisation
    return {
      name: people.get(person)?.name ?? '',
      phone: people.get(person)?.workPhone ?? null,
      organisation: (organisation && organisations.get(organisation)?.shortName) ?? '',
    }
  }
  return new Map(
    persons.map((person) => {
      const backup = byPerson.get(person)?.find((post) => post.backup)?.backup
      return [person, { ...cardOf(person), backup: backup ? cardOf(backup) : null }]
    }),
  )
}
