import { beforeAll, describe, expect, test } from 'vitest'
import { reader } from '#engines/classify/score.ts'
import { fixtureNow, plainCalendar } from '#demo/demo-fixture.ts'
import { generateRequests } from '#demo/requests.ts'
import { generateWorld } from '#demo/world.ts'
import type { PastAnswer } from '#requests/past.ts'
import { openedUp, rank } from './alike.ts'
import { groupsOf, learn } from './learn.ts'
import type { Learned, Lesson } from './learn.ts'
import { gap } from './rules.ts'
import { termsOf } from './terms.ts'
import { categoryOf, dangersIn, urgencyOf } from './verdicts.ts'

/** Learning from the demo year, and what the words then say. */

const secret = '欧阳翠花住三零一，王建国的电话是10012345678，李阿姨、小王、老赵和张师傅都知道，微信号bailu88'
let lessons: Lesson[]
let learned: Learned
beforeAll(() => {
  lessons = []
  for (const one of generateRequests(generateWorld('subdistrict', fixtureNow), plainCalendar)) {
    const { category, urgency } = one.standing
    if (category && urgency)
      lessons.push({ text: `${one.title} ${one.words}`, category, urgency, reporter: one.reporter.id })
  }
  // Everybody of one street tells the same gossip: said by many, and personal all the same.
  lessons.slice(0, 40).forEach((lesson) => (lesson.text += secret))
  learned = learn(lessons)
})

describe('SG6 what is learned', () => {
  const personal = [
    '欧阳',
    '翠花',
    '王建',
    '建国',
    '李阿姨',
    '阿姨',
    '小王',
    '老赵',
    '张师傅',
    '100',
    '10012345678',
    'bailu',
    'bailu88',
    '三零一',
  ]
  test('SG6 names, numbers and unknown words are no terms, not even in pieces (RQ15)', () => {
    const terms = new Set(termsOf(`${secret}。路灯不亮。`))
    expect(personal.filter((word) => terms.has(word))).toEqual([])
    expect(terms).toContain('路灯')
  })

  test('SG6 nor are they in a model, however many people said them', () => {
    const inModel = new Set([...learned.category.model.terms, ...learned.urgency.model.terms])
    expect(personal.filter((word) => inModel.has(word))).toEqual([])
  })

  test('SG6 a word of four people is not in the model, one of five is', () => {
    const said = (word: string, people: number): Lesson[] =>
      Array.from({ length: people }, (_, i) => ({
        text: word,
        category: 'A01',
        urgency: 'by_date',
        reporter: `${word} ${i}`,
      }))
    const { terms } = learn([...said('葡萄架', 4), ...said('石榴树', 5)]).category.model
    expect(terms).not.toContain('葡萄')
    expect(terms).toContain('石榴')
  })
})

describe('SG2 how sure it is', () => {
  test('SG2 held out, what is said with confidence is right in 95 of 100, and that is most texts', () => {
    const { figures } = learned.category
    expect(figures!.precision).toBeGreaterThanOrEqual(0.95)
    expect(figures!.coverage).toBeGreaterThan(0.6)
    expect(figures!.accuracy).toBeGreaterThan(0.85)
  })

  test('SG2 copies of a form letter are one story; who says it in their own words stands for themselves', () => {
    const letter = '我们强烈要求恢复三路公交车的运行'
    const of = (text: string, reporter: string) => ({ text, reporter })
    expect(groupsOf([of(`${letter}，盼复`, 'a'), of(`您好，${letter}`, 'b'), of('路灯不亮', 'c')])).toEqual([
      letter,
      letter,
      'c',
    ])
  })

  const verdict = (text: string) => categoryOf(reader(learned.category.model), text, () => true)
  test.each([
    ['家里厨房有股煤气味，不敢开火', 'D01'],
    ['广场舞音响太大，睡不着觉', 'E01'],
    ['老板欠我三个月工资不给', 'H01'],
    ['楼上总往下扔烟头', 'D04'],
    ['请问孩子上小学怎么报名', 'H05'],
  ])('SG3 %s: its category, because of words that stand in it', (text, code) => {
    const { sure, guesses } = verdict(text)
    expect(sure).toBe(true)
    expect(guesses[0]!.code).toBe(code)
    expect(guesses[0]!.because.length).toBeGreaterThanOrEqual(1)
    for (const word of guesses[0]!.because) expect(text).toContain(word)
  })

  test.each(['今天天气不错', '灯', '你好', 'hello', '', '王建国'])('SG2 unsure of “%s”', (text) => {
    expect(verdict(text).sure).toBe(false)
  })

  test('SG2 a category that is not in use is not suggested', () => {
    const without = categoryOf(
      reader(learned.category.model),
      '广场舞音响太大，睡不着觉',
      (code) => code !== 'E01',
    )
    expect(without.sure).toBe(false)
    expect(without.guesses.map(({ code }) => code)).not.toContain('E01')
  })

  test('SG1 without a single request it knows the seed words, and is never sure', () => {
    const cold = learn([])
    const { sure, guesses } = categoryOf(reader(cold.category.model), '小区门口井盖丢了', () => true)
    expect(sure).toBe(false)
    expect(guesses[0]!.code).toBe('B02')
    expect(guesses).toHaveLength(3)
  })
})

describe('SG4 danger', () => {
  test.each([
    ['楼道里有煤气味', true],
    ['电梯困人了，快来', true],
    ['没有煤气味了，谢谢', false],
    ['万一着火怎么办', false],
    ['没有困人，不过以前着火过', true],
    ['路灯不亮', false],
  ])('SG4 %s: %s', (text, isDanger) => {
    expect(dangersIn(text).length > 0).toBe(isDanger)
  })

  test('SG4 danger is `now`, whatever was learned, and says why', () => {
    const { urgency, sure, danger, because } = urgencyOf(
      reader(learned.urgency.model),
      '建议装路灯，电梯里关着人',
    )
    expect({ urgency, sure, danger, because }).toEqual({
      urgency: 'now',
      sure: true,
      danger: true,
      because: ['关着人'],
    })
  })
})

describe('SG7 answers given before', () => {
  const answer = (id: string, words: string, satisfaction: PastAnswer['satisfaction']): PastAnswer => ({
    id,
    code: id,
    title: words,
    words,
    answer: `办好了 ${id}`,
    answeredAt: '2026-10-01T00:00:00.000Z',
    by: null,
    satisfaction,
  })
  test('SG7 the most alike first; of equal ones the one whose reporter was content; others not at all', () => {
    const ranked = rank(reader(learned.category.model), '楼道的路灯不亮，老人看不见', [
      answer('other', '垃圾桶满了没人收', 'satisfied'),
      answer('silent', '楼道路灯不亮', 'silent'),
      answer('content', '楼道路灯不亮', 'satisfied'),
    ])
    expect(ranked.map(({ id }) => id)).toEqual(['content', 'silent'])
    expect(ranked[0]!.because).toContain('路灯')
  })

  test('SG7 people, places and figures of that case are left blank', () => {
    const start = openedUp('王建国您好，金桥小区3号楼2单元501的灯7月3日换好了，有事打10012345678找李师傅。')
    for (const personal of ['王建国', '10012345678', '501', '李师傅', '3'])
      expect(start).not.toContain(personal)
    expect(start).toContain(gap)
    expect(start).toContain('换好了')
  })
})
