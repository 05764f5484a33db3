import fc from 'fast-check'
import { abilitiesOf } from '#requests/rules.ts'
import type { Actor } from '#requests/rules.ts'
import { accept, answer, assign, everyone, fitting, giveBack, hour, iso, path } from './life.ts'
import type { Life } from './life.ts'

/** What anybody may try with a request, at random: commands, waiting, and others who say the same. */

type Tried = Record<string, unknown> & { kind: string }

/** What only comes about after steps that seldom meet is tried so much more often: every kind in any run of thousands. */
const often = (times: number, ...tried: Tried[]): Tried[] => Array.from({ length: times }, () => tried).flat()

const commands: Tried[] = [
  ...[
    accept,
    { ...accept, points: ['一', '二'] },
    assign,
    { ...assign, lead: { organisation: 'bureau', person: 'x' }, assisting: ['firm'] },
    answer,
    giveBack,
  ],
  { kind: 'decline', reason: 'not_public_service', words: '不归这里', instead: { name: '法院' } },
  {
    kind: 'decline',
    reason: 'other_units_duty',
    words: '归他们管',
    instead: { organisation: 'bureau', name: '城管局' },
    handOver: true,
  },
  { kind: 'hand_over', lead: { organisation: 'firm' }, words: '' },
  { kind: 'ask', words: '几点在家？' },
  ...often(
    6,
    { kind: 'propose', what: 'suspend', reason: 'season', words: '入冬了', attachments: [] },
    { kind: 'propose', what: 'extend', reason: 'material_missing', words: '配件没到', attachments: [] },
  ),
  { kind: 'propose', what: 'exclude', reason: 'facts_disproved', words: '查过了', attachments: ['photo'] },
  { kind: 'propose', what: 'exclude', reason: 'facts_disproved', words: '查过了', attachments: [] },
  ...often(8, { kind: 'review', agree: true, words: '同意' }),
  { kind: 'review', agree: false, words: '再想想' },
  { kind: 'resume', words: '' },
  { kind: 'appeal', words: '不服' },
  { kind: 'follow_up', outcome: 'fair', words: '' },
  { kind: 'take', words: '' },
  { kind: 'transfer', lead: { organisation: 'bureau' }, words: '归他们管' },
  { kind: 'escalate', words: '我们解决不了' },
  { kind: 'note', words: '去看过', visible: true, attachments: [] },
  {
    kind: 'answer',
    words: '两点都办了',
    points: [
      { index: 0, open: false },
      { index: 1, open: true },
    ],
    attachments: [],
  },
  { kind: 'confirm', satisfaction: 'satisfied' },
  { kind: 'follow_up', outcome: 'satisfied', words: '' },
  { kind: 'follow_up', outcome: 'dissatisfied', words: '还漏' },
  { kind: 'follow_up', outcome: 'unreachable', words: '' },
  { kind: 'reopen', words: '还在冒' },
  { kind: 'close', grounds: 'followed_up' },
  { kind: 'rate', satisfaction: 'fair', words: '' },
  { kind: 'withdraw', words: '' },
  { kind: 'supervise', demand: '今天办完' },
  { kind: 'supervise', demand: '写明哪天修好' },
  { kind: 'reply', words: '周五修好' },
  { kind: 'lift', words: '看过了，同意' },
  ...often(3, { kind: 'split', words: '' }, { kind: 'part_take', words: '' }),
  { kind: 'part_return', basis: 'not_our_area', words: '不是这一段' },
  ...often(6, { kind: 'part_answer', words: '这一段通了', attachments: [] }),
  { kind: 'part_take_back', words: '我们自己来' },
  { ...assign, words: '会商过，归他们', authority: '供热条例第十二条' },
  { kind: 'merge', into: 'another', words: '' },
  { kind: 'unmerge', words: '不是一回事' },
]
export const move = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ actor: fc.constantFrom(...everyone), choice: fc.nat(), daring: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ wait: fc.integer({ min: 1, max: 20 * 24 }), delivered: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ step: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ company: fc.constantFrom('follow', 'takeIn', 'letGo') }) },
)

/** Half of the moves try anything; the others take a step that is open to the actor, so that stories get long. */
function commandFor(life: Life, actor: Actor, choice: number, daring: boolean) {
  const open = abilitiesOf(life.standing, path, actor, iso(life.now))
  const allowed = commands.filter(({ kind }) => open.some((one) => one === kind))
  const from = daring || allowed.length === 0 ? commands : allowed
  return fitting(life, from[choice % from.length]!, ((choice % 40) + 1) / 4)
}

/** What a whistle and a meeting enter; their own clocks stand elsewhere. */
export const joinedSteps = [
  { kind: 'whistle', whistle: 'w', words: '要几家一起' },
  { kind: 'blow', whistle: 'w', words: '两家一起到', lead: { organisation: 'bureau' }, assisting: ['firm'] },
  { kind: 'join', whistle: 'w', organisation: 'firm', person: 'person-firm' },
  { kind: 'report_in', whistle: 'w', person: 'person-bureau' },
  { kind: 'send_back', whistle: 'w', words: '社区能办' },
  { kind: 'table', meeting: 'm' },
  { kind: 'decide', meeting: 'm', words: '会议定了', lead: { organisation: 'firm' } },
  {
    kind: 'decide',
    meeting: 'm',
    words: '会议定了',
    lead: { organisation: 'bureau' },
    assisting: ['firm'],
    level: 'district',
    demand: '一周内拿出方案',
    due: '2027-01-01T00:00:00.000Z',
  },
  { kind: 'supervise', demand: '今天报到' },
  { kind: 'offer', words: '帮忙换个灯泡', people: 3 },
  { kind: 'take_up', person: 'person-neighbour' },
  { kind: 'give_back', basis: 'no_time' },
  { kind: 'unoffer', reason: 'nobody_left', asked: 5 },
] as const

/** What happens to an offer that the desk makes of what it holds. */
export const offerSteps = [
  { kind: 'offer', words: '谁顺路带一趟药', data: { people: 12 } },
  { kind: 'take_up', words: null, data: {} },
  { kind: 'give_back', words: '临时有事', data: { basis: 'no_time' } },
  { kind: 'unoffer', words: null, data: { reason: 'nobody', asked: 12 } },
] as const

function joinAt(life: Life, choice: number): void {
  const offer = offerSteps[choice % (joinedSteps.length + offerSteps.length)]
  if (offer) return void life.offers(offer)
  const step = joinedSteps[choice % joinedSteps.length]!
  const id = `j${(life.count += 1)}`
  life.joins({ id, ...step }, step.kind === 'whistle' ? 'desk' : 'system')
}

type Move = typeof move extends fc.Arbitrary<infer M> ? M : never

/** Tries one move; what the rules refuse changes nothing. */
export function tryMove(life: Life, one: Move): void {
  if ('wait' in one) life.wait(one.wait * hour, one.delivered)
  else if ('step' in one) joinAt(life, one.step)
  else if ('company' in one) life[one.company as 'follow' | 'takeIn' | 'letGo']()
  else life.do(one.actor, commandFor(life, one.actor, one.choice, one.daring))
}
