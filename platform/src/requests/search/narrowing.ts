import { mark } from '#search/lexemes.ts'
import type { Condition } from '#search/service.ts'
import { states } from '../lifecycle.ts'
import type { Narrowed } from './contract.ts'

/** Whether every state a list asks for is one in which something is still owed. */
export function isOpenOnly(state: string | undefined): boolean {
  return state !== undefined && state.split(',').every((name) => stateMark(name) === openMark)
}

const openMark = mark.state('open')

/** What waits stands in the index as one; which of the open states it is the row says. */
function stateMark(name: string): string {
  return Object.hasOwn(states, name) && states[name as keyof typeof states].final
    ? mark.state(name)
    : openMark
}

/** SE2: the filters of a list as marks, so that the index intersects them with the text. */
export function narrowing(query: Narrowed, own: readonly string[]): Condition[] {
  const { state, group, category, channel, path, overdue, queue } = query
  const any = (marks: string[]): Condition[] => (marks.length > 0 ? [{ grams: [], marks }] : [])
  const waits = queue === 'mine' || queue === 'watching' || overdue === 'true'
  const area = path?.split('/').filter(Boolean)
  return [
    ...any([...new Set(state?.split(',').map(stateMark))]),
    ...any(group ? [mark.group(group)] : []),
    ...any(category ? [mark.category(category)] : []),
    ...any(channel ? [mark.channel(channel)] : []),
    ...any(area && area.length > 1 ? [mark.area(area.at(-1)!)] : []),
    ...any(waits ? [openMark] : []),
    ...any(queue === 'mine' || queue === 'watching' ? own.map(mark.party) : []),
  ]
}
