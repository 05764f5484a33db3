import type { TFunction } from 'i18next'
import {
  DoorOpen,
  HeartHandshake,
  type LucideIcon,
  MessageCircle,
  NotebookPen,
  Split,
  UserRoundX,
} from 'lucide-react'
import type { Book } from '../kept/book.ts'
import { householdOf, type Queued } from '../kept/entry.ts'
import { householdById, units } from '../kept/views.ts'
import { callUnit } from './calling.ts'

/** What was done, in the few words of the queue. */

const icons: Record<Queued['entry']['kind'], LucideIcon> = {
  visit: DoorOpen,
  'household.edit': NotebookPen,
  'conflict.choose': Split,
  'promise.keep': HeartHandshake,
  'promise.put_off': HeartHandshake,
  'task.excuse': DoorOpen,
  'request.submit': MessageCircle,
  'offer.answer': HeartHandshake,
  'offer.give_back': HeartHandshake,
  'offer.done': HeartHandshake,
  absence: UserRoundX,
  reads: DoorOpen,
}

export function entryIcon({ entry }: Queued): LucideIcon {
  return icons[entry.kind]
}

/** Where it was: stairwell and door, as far as it is still known here. */
function placeOf(t: TFunction, book: Book, one: Queued): string {
  const id = householdOf(one)
  const household = id === undefined ? undefined : householdById(book, id)
  if (!household) return ''
  return t('household.at', { unit: callUnit(units(book), household.path), door: household.door.number })
}

export function entryWords(t: TFunction, book: Book, one: Queued): string {
  const { entry } = one
  const place = placeOf(t, book, one)
  const what = t(`entry.${entry.kind.replace('.', '_')}`)
  if (entry.kind === 'request.submit') return t('entry.with', { what, place: entry.data.need.words })
  if (entry.kind === 'visit' && entry.data.needs && entry.data.needs.length > 0)
    return t('entry.with', { what, place: t('entry.needs', { place, count: entry.data.needs.length }) })
  return place ? t('entry.with', { what, place }) : what
}
