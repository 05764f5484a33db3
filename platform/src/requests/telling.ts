import type { Message } from '#notify/service.ts'
import { derivedId } from '#kernel/ids.ts'
import { deskAbove } from './climbing.ts'
import { desksBeside } from './confidence/rules.ts'
import type { Part } from './parts.ts'
import type { Follower } from './together/follower-store.ts'
import { entries as entryTable } from './lifecycle.ts'
import type { World } from './rules.ts'
import type { Entry, Holder } from './entry.ts'
import type { Standing } from './standing.ts'
import type { Party, Stored } from './store.ts'

/** Who hears of an entry, and who has a hand in the request from then on. */

/** Every organisation that an entry brings in: the new holder, those that help, and whoever is told of an overdue one. */
export function partiesTo(decided: readonly Entry[]): Pick<Party, 'organisation' | 'role'>[] {
  return decided.flatMap((entry): Pick<Party, 'organisation' | 'role'>[] => {
    switch (entry.kind) {
      case 'assign':
        return [
          { organisation: entry.data.holder.organisation, role: 'lead' },
          ...entry.data.assisting
            .filter((organisation) => organisation !== entry.data.holder.organisation)
            .map((organisation) => ({ organisation, role: 'assisting' as const })),
        ]
      case 'blow':
      case 'decide':
        return [
          { organisation: entry.data.holder.organisation, role: 'lead' },
          ...entry.data.assisting.map((organisation) => ({ organisation, role: 'assisting' as const })),
        ]
      case 'split':
        return entry.data.assisting
          .filter((organisation) => organisation !== entry.data.holder.organisation)
          .map((organisation) => ({ organisation, role: 'assisting' as const }))
      case 'join':
        return [{ organisation: entry.data.organisation, role: 'assisting' }]
      case 'transfer':
      case 'hand_over':
        return [{ organisation: entry.data.holder.organisation, role: 'lead' }]
      case 'return':
      case 'escalate':
      case 'appeal':
      case 'climb':
      case 'whistle':
      case 'send_back':
        return [{ organisation: entry.data.holder.organisation, role: 'desk' }]
      case 'supervise':
        return entry.data.above ? [{ organisation: entry.data.above, role: 'desk' }] : []
      default:
        return []
    }
  })
}

/** Whom the lifecycle table names is told, once an entry: the message's id comes from the entry's (RQ3, RQ5). */
export function notices(
  request: Stored,
  decided: readonly Entry[],
  desks: World['desks'],
  {
    before = null,
    followers = [],
  }: { before?: Holder | null; followers?: readonly Follower[] | undefined } = {},
): Message[] {
  const { level } = request.standing
  // What ends a request is told to whoever had it.
  const holder = request.standing.holder ?? before
  const own = request.reporter === null ? null : { reporter: request.reporter }
  const above = deskAbove(level, desksBeside(desks, request.standing.complainedOf))
  const handsOver = decided.some(({ kind }) => kind === 'hand_over')
  return decided.flatMap((entry) => {
    const rule: { tells: readonly string[] } = entryTable[entry.kind]
    if (isSilent(entry, handsOver)) return []
    const message = {
      template: `request.${entry.kind}`,
      // Of one that was erased there is nothing to tell but its code.
      params: { code: request.code, title: request.title || request.code },
      request: request.id,
      at: entry.at,
      // What has to be done now passes quiet hours (NT15).
      urgent: request.standing.urgency === 'now',
    }
    const others = rule.tells.includes('others')
    const fromReporter = entry.by.kind === 'reporter' && entry.by.follower === undefined
    const isToldOf = (party: string) => party === 'first' || rule.tells.includes(party)
    const part = partOf(request.standing, entry)
    const to = (party: string, address: Message['to'] | null, channels?: Message['channels']): Message[] =>
      isToldOf(party) && address
        ? [{ ...message, id: derivedId(party, entry.id), to: address, ...(channels && { channels }) }]
        : []
    return [
      // A reminder about a part is for whoever has the part.
      ...(part && entry.kind === 'remind'
        ? []
        : to('holder', holder && { organisation: holder.organisation })),
      ...to('first', firstContactOf(request.standing, entry)),
      ...to('part', part && { organisation: part.to.organisation }),
      ...(rule.tells.includes('assisting') && 'assisting' in entry.data ? entry.data.assisting : []).map(
        (organisation): Message => ({
          ...message,
          id: derivedId('assisting', entry.id, organisation),
          to: { organisation },
        }),
      ),
      ...to('reporter', own, ['in_app', 'sms']),
      ...(others && !fromReporter && own
        ? [
            {
              ...message,
              id: derivedId('reporter', entry.id),
              to: own,
              channels: byBoth,
            },
          ]
        : []),
      // RQ13: each under the code and the name they know it by, and about what they open it with.
      ...(others || rule.tells.includes('reporter') ? toldToo(request, entry, followers) : []).map(
        ({ id, reporter, code, title }): Message => ({
          ...message,
          id: derivedId('follower', entry.id, id),
          to: { reporter },
          params: { code, title },
          request: id,
          channels: byBoth,
        }),
      ),
      ...to('reviewer', reviewersOf(request.standing, entry, above)),
      ...to('above', overseer(request.standing, entry, above)),
    ]
  })
}

/** The part that an entry is about, while somebody other than the holder of the request has it. */
function partOf({ parts, holder }: Standing, { data }: Entry): Part | null {
  const id = 'part' in data ? data.part : 'of' in data ? data.of : undefined
  const part = parts.find((one) => one.id === id) ?? null
  return part && part.to.organisation !== holder?.organisation ? part : null
}

/** Who is told as the level above: whoever supervises, where the entry says who, else the desk above the request. */
function overseer(
  { supervisions, holder }: Standing,
  { kind, data }: Entry,
  above: ReturnType<typeof deskAbove>,
): { organisation: string } | null {
  if (kind === 'reply') {
    const organisation = supervisions.find(({ id }) => id === data.supervision)?.organisation
    return organisation ? { organisation } : null
  }
  // Who split it supervises its parts, and is told as the holder already.
  if (kind === 'supervise' && data.clock)
    return data.above && data.above !== holder?.organisation ? { organisation: data.above } : null
  return above && { organisation: above.organisation }
}

const byBoth = ['in_app', 'sms'] as const

/** Everybody who follows but the one whose word it is; somebody who said it twice is told once. */
function toldToo(request: Stored, { by }: Entry, followers: readonly Follower[]): Follower[] {
  return followers.filter(
    (one, index) =>
      one.reporter !== request.reporter &&
      one.id !== by.follower &&
      followers.findIndex(({ reporter }) => reporter === one.reporter) === index,
  )
}

/**
 * R9: what reminds the holder, or tells the level above, reminds whoever heard it first too, as long as nobody has taken it.
 * Not somebody of an organisation complained of: they need not learn how it goes (boundary 7).
 */
function firstContactOf(
  { heardBy, complainedOf = [] }: Standing,
  { kind }: Entry,
): { person: string } | null {
  if (!heardBy || (kind !== 'remind' && kind !== 'supervise')) return null
  return heardBy.organisation && complainedOf.includes(heardBy.organisation)
    ? null
    : { person: heardBy.person }
}

/** Staff need not be told of their own note. Who is handed over hears where it went, not first that it was declined. */
export function isSilent({ kind, by }: Entry, handsOver: boolean): boolean {
  return (kind === 'note' && by.kind !== 'reporter') || (kind === 'decline' && handsOver)
}

/** Who is told that a second person's word is needed: the desk, or the one above where the desk itself proposed it (RQ9). */
export function reviewersOf(
  { desk }: Standing,
  { kind, by, data }: Entry,
  above: ReturnType<typeof deskAbove>,
): { organisation: string } | null {
  if (kind !== 'propose') return null
  const elsewhere = data.what === 'exclude' || by.organisation === desk
  return { organisation: elsewhere && above ? above.organisation : desk }
}
