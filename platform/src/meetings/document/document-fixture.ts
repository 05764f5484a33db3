import type { ItemView, MeetingView } from '../contract.ts'

/** A meeting that was held, as its minutes read it: every outcome and every fate once. */

const named = (name: string) => ({ id: name, name })
const due = '2026-11-27T09:30:00.000Z'

function paper(seq: number): NonNullable<ItemView['paper']> {
  return {
    id: `request ${seq}`,
    code: `GY-2611-00421${seq}`,
    title: '',
    words: '',
    state: 'assigned',
    place: '和平小区1号楼1单元',
    category: null,
    submittedAt: '2026-11-02T02:00:00.000Z',
    dueAt: null,
    overdue: true,
    holder: null,
    returns: 2,
    opens: true,
    story: [],
  }
}

export const task: NonNullable<ItemView['decision']> = {
  outcome: 'task',
  lead: named('热力'),
  assisting: [named('住建局'), named('城管局')],
  demand: '换掉锈蚀的立管，室内不低于18℃。',
  dueAt: due,
  category: null,
  precedent: false,
}

export function item(seq: number, title: string, more: Partial<ItemView> = {}): ItemView {
  return {
    id: `item ${seq}`,
    seq,
    title,
    words: '',
    withheld: false,
    paper: paper(seq),
    reasons: [
      { kind: 'overdue', since: due, count: null },
      { kind: 'returned_twice', since: null, count: 2 },
    ],
    decision: task,
    fate: 'running',
    holder: null,
    endedAt: null,
    supervisedAt: null,
    ...more,
  }
}

const member = (
  name: string,
  post: string,
  kind: 'standing' | 'invited',
  attendance: 'here' | 'excused' | 'absent',
  person: string | null = null,
) => ({ organisation: named(name), kind, post, attendance, person })

export const held: MeetingView = {
  id: 'meeting',
  joint: { id: 'joint', name: '金桥社区联席会议' },
  level: 'community',
  path: '131003/131003001/131003001001/',
  at: '2026-11-20T01:00:00.000Z',
  place: '社区二楼会议室',
  state: 'held',
  year: 2026,
  number: 3,
  organisation: named('金桥社区居委会'),
  chair: '社区党委书记',
  mark: '金联纪',
  heldAt: '2026-11-20T03:00:00.000Z',
  members: [
    member('城管局', '副局长', 'standing', 'here', '祁文彬'),
    member('住建局', '物业科科长', 'standing', 'excused'),
    member('公安', '副所长', 'standing', 'absent'),
    member('热力', '站长', 'invited', 'here', '倪海燕'),
  ],
  items: [
    item(1, '整栋楼暖气不热'),
    item(2, '东门外井盖返水', {
      decision: {
        ...task,
        lead: named('城管局'),
        assisting: [],
        demand: '疏通主管',
        category: { code: 'B03', name: '污水外溢' },
        precedent: true,
      },
    }),
    item(3, '外墙皮往下掉', {
      fate: 'put_off',
      decision: {
        ...task,
        outcome: 'next_time',
        lead: null,
        assisting: [],
        dueAt: null,
        demand: '请住建局查清维修资金余额',
      },
    }),
    item(4, '给老楼加部电梯', {
      paper: null,
      words: '十二户里九户愿意',
      reasons: [],
      decision: null,
      fate: 'put_off',
    }),
  ],
  before: {
    id: 'before',
    at: '2026-11-06T01:00:00.000Z',
    number: 2,
    year: 2026,
    items: [
      item(1, '垃圾桶没人收', { fate: 'done', endedAt: '2026-11-15T00:00:00.000Z' }),
      item(2, '路灯不亮', { fate: 'late', supervisedAt: '2026-11-18T00:00:00.000Z' }),
    ],
  },
  abilities: [],
  version: 1,
}
