import { expect, test } from 'vitest'
import { titleOf } from './title.ts'

/** What a request is called in lists, messages and on paper, when nobody gave it a name. */

test.each([
  ['楼道灯不亮了。三楼的，晚上看不见', '楼道灯不亮了'],
  ['六楼卧室顶上漏水，从上个星期开始一下雨就往下滴，床都挪了地方', '六楼卧室顶上漏水'],
  ['The lift is out of order', 'The lift is out of order'],
  ['Water is leaking from the bedroom ceiling on the sixth floor', 'Water is leaking from…'],
  ['Sewage, it has come up twice this week and nobody came', 'Sewage'],
  ['Wohnungseigentümergemeinschaft', 'Wohnungseigentümergemei…'],
  [
    '从上个星期开始一下雨就往下滴水床都挪了地方没有人来看过',
    '从上个星期开始一下雨就往下滴水床都挪了地方没有…',
  ],
  ['  。', '。'],
])('%s is called %s', (words, title) => {
  expect(titleOf(words)).toBe(title)
  expect([...titleOf(words)].length).toBeLessThanOrEqual(24)
})
