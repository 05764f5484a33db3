import { expect, test } from 'vitest'
import { emptyVisit, heardIn, nextDays, visitData, withGuesses } from './draft.ts'

const household = '019b0000-0000-7000-8000-000000000001'

test('FP5 what may be something to report is only guessed: nothing goes out before somebody agreed', () => {
  const draft = {
    ...emptyVisit,
    outcome: 'met' as const,
    words: '膝盖疼。问能不能送午饭。',
    how: 'difficulty' as const,
  }
  const needs = withGuesses(draft)
  expect(needs.length).toBeGreaterThan(0)
  expect(visitData(household, { ...draft, needs }, []).needs).toEqual([])
  const agreed = needs.map((need) => ({ ...need, agreed: true }))
  expect(visitData(household, { ...draft, needs: agreed }, []).needs).toHaveLength(needs.length)
})

test('FP5 in difficulty each sentence may be one; a guess that was taken away is not made again', () => {
  const words = '厨房灯一闪一闪的。楼下太吵。'
  expect(heardIn(words, 'fine')).toEqual([])
  expect(heardIn(words, 'difficulty')).toEqual(['厨房灯一闪一闪的', '楼下太吵'])
  const draft = { ...emptyVisit, words, how: 'difficulty' as const, dropped: ['楼下太吵'] }
  expect(withGuesses(draft).map((need) => need.words)).toEqual(['厨房灯一闪一闪的'])
})

test('FP5 the offered days are the Wednesday and the Friday of next week, seen from Friday and from Sunday', () => {
  expect(nextDays('2026-11-20T02:20:00.000Z')).toEqual({ wednesday: '2026-11-25', friday: '2026-11-27' })
  expect(nextDays('2026-11-22T02:20:00.000Z')).toEqual({ wednesday: '2026-11-25', friday: '2026-11-27' })
})

test('VR6 nothing but the outcome is needed, and where nobody opened nothing is said about them', () => {
  const { needs, ...rest } = visitData(household, { ...emptyVisit, outcome: 'not_at_home', how: 'fine' }, [])
  expect(needs).toEqual([])
  expect(rest).toEqual({ household, outcome: 'not_at_home', files: [] })
})
