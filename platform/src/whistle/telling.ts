import { derivedId } from '#kernel/ids.ts'
import type { Message } from '#notify/service.ts'
import { entries } from './lifecycle.ts'
import type { WhistleEar, WhistleEntryRule } from './lifecycle.ts'
import { leadOf } from './standing.ts'
import type { Entry, Standing } from './standing.ts'

/** Who hears of an entry: whom the lifecycle table names, each organisation once, and never the one whose word it is. */

/** The request that gives the whistle its name, as everybody may read it (RQ10). */
export type Name = { request: string; code: string; title: string }

export function notices(standing: Standing, entry: Entry, name: Name): Message[] {
  const rule: WhistleEntryRule = entries[entry.kind]
  const heard = new Set(rule.tells.flatMap((ear) => organisationsOf(standing, entry, ear)))
  return [...heard]
    .filter((organisation) => organisation !== entry.by.organisation)
    .map((organisation) => ({
      id: derivedId('whistle', entry.id, organisation),
      to: { organisation },
      template: `whistle.${entry.kind}`,
      params: { code: name.code, title: name.title || name.code },
      request: name.request,
      at: entry.at,
    }))
}

function organisationsOf(standing: Standing, entry: Entry, ear: WhistleEar): string[] {
  const { blower, town, parts } = standing
  switch (ear) {
    case 'blower':
      return [blower]
    case 'town':
      return [town]
    case 'lead': {
      const lead = leadOf(standing)
      return lead ? [lead.organisation] : []
    }
    case 'departments':
      return parts.filter(({ releasedAt }) => releasedAt === null).map(({ organisation }) => organisation)
    case 'concerned':
      return 'organisation' in entry.data && entry.data.organisation !== undefined
        ? [entry.data.organisation]
        : [town]
  }
}
