import { SaxesParser } from 'saxes'
import { beforeAll, describe, expect, test } from 'vitest'
import { fromBuffer } from 'yauzl'
import type { ZipFile } from 'yauzl'
import { held, item } from './document-fixture.ts'
import { inHan, linePitch, mm, signatureIndents, widthOf } from './layout.ts'
import { minutesOf } from './minutes.ts'
import { noticeOf } from './notice.ts'
import { writePaper } from './official.ts'

/** MT8: the structure of the files, read back from the bytes; numbers and quotations are those of GB/T 9704-2012. */

/** The parts of a .docx by their names. */
async function partsOf(bytes: Buffer): Promise<Map<string, string>> {
  const zip = await new Promise<ZipFile>((resolve, reject) =>
    fromBuffer(bytes, { lazyEntries: true }, (error, file) => (error ? reject(error) : resolve(file))),
  )
  const parts = new Map<string, string>()
  await new Promise<void>((resolve, reject) => {
    zip.on('end', resolve).on('error', reject)
    zip.on('entry', (entry) => {
      zip.openReadStream(entry, (error, stream) => {
        if (error) return reject(error)
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => {
          parts.set(entry.fileName, Buffer.concat(chunks).toString('utf8'))
          zip.readEntry()
        })
      })
    })
    zip.readEntry()
  })
  return parts
}

type Element = { name: string; attributes: Record<string, string>; inside: Element[]; text: string }

function parsed(xml: string): Element {
  const top: Element = { name: '', attributes: {}, inside: [], text: '' }
  const open = [top]
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, inside: [], text: '' }
    open.at(-1)?.inside.push(element)
    open.push(element)
  })
  parser.on('text', (text) => (open.at(-1)!.text += text))
  parser.on('closetag', () => open.pop())
  parser.write(xml).close()
  return top
}

const all = (element: Element, name: string): Element[] =>
  element.inside.flatMap((one) => [...(one.name === name ? [one] : []), ...all(one, name)])
const first = (element: Element, name: string) => all(element, name)[0]!
const wordsIn = (element: Element): string =>
  all(element, 'w:t')
    .map(({ text }) => text)
    .join('')

/** A paragraph as one reads it: its words, and how its first letters look. */
function paragraphs(document: Element) {
  return all(document, 'w:p').map((paragraph) => {
    const runs = all(paragraph, 'w:r')
    const look = runs[0] && all(runs[0], 'w:rPr')[0]
    const value = (name: string, of = look) => (of ? all(of, name)[0]?.attributes['w:val'] : undefined)
    const own = all(paragraph, 'w:pPr')[0]
    return {
      words: wordsIn(paragraph),
      font: look && first(look, 'w:rFonts').attributes['w:eastAsia'],
      size: Number(value('w:sz')),
      colour: value('w:color'),
      spacing: value('w:spacing'),
      align: value('w:jc', own),
      line: own && all(own, 'w:spacing').find(({ attributes }) => 'w:line' in attributes)?.attributes,
      indent: (own && all(own, 'w:ind')[0]?.attributes) ?? {},
      border: own && all(own, 'w:pBdr')[0],
    }
  })
}

const printing = { author: '何晓敏', now: '2026-11-21T02:00:00.000Z' }
let parts: Map<string, string>
let document: Element
let lines: ReturnType<typeof paragraphs>
const line = (words: string | RegExp) =>
  lines.find((one) => (typeof words === 'string' ? one.words === words : words.test(one.words)))!

beforeAll(async () => {
  parts = await partsOf(await writePaper(minutesOf(held, '金桥社区', printing)))
  document = parsed(parts.get('word/document.xml')!)
  lines = paragraphs(document)
})

describe('the page', () => {
  test('is A4 with 37 mm above, 28 mm at the binding edge and a type area of 156 by 225 mm (5.2.1)', () => {
    const size = first(document, 'w:pgSz').attributes
    const margin = first(document, 'w:pgMar').attributes
    expect([size['w:w'], size['w:h']].map(Number)).toEqual([mm(210), mm(297)])
    expect(Number(margin['w:top'])).toBe(mm(37))
    expect(Number(margin['w:left'])).toBe(mm(28))
    const wide = Number(size['w:w']) - Number(margin['w:left']) - Number(margin['w:right'])
    const high = Number(size['w:h']) - Number(margin['w:top']) - Number(margin['w:bottom'])
    expect(Math.abs(wide - mm(156))).toBeLessThanOrEqual(1)
    expect(Math.abs(high - mm(225))).toBeLessThanOrEqual(1)
  })

  test('holds 22 lines of 28 characters of number three (5.2.3)', () => {
    const body = line(/^2026年11月20日9时00分/)
    expect(body.line).toMatchObject({ 'w:line': String(linePitch), 'w:lineRule': 'exact' })
    expect(Math.floor(mm(225) / linePitch)).toBe(22)
    const wide = (body.size / 2) * 20 + Number(body.spacing)
    expect(Math.floor(mm(156) / wide)).toBe(28)
    expect(first(document, 'w:docGrid').attributes).toMatchObject({ 'w:linePitch': String(linePitch) })
  })

  test('is numbered in number four with a dash on each side, outwards on odd and even pages (7.5)', () => {
    const references = all(document, 'w:footerReference').map(({ attributes }) => attributes['w:type'])
    expect(references).toEqual(['default', 'even'])
    expect(parts.get('word/settings.xml')).toContain('w:evenAndOddHeaders')
    const [odd, even] = ['word/footer1.xml', 'word/footer2.xml'].map((name) => {
      const [number] = paragraphs(parsed(parts.get(name)!))
      expect(number).toMatchObject({ words: '—  —', font: '宋体', size: 28 })
      expect(parts.get(name)).toMatch(/instrText[^>]*>PAGE</)
      return number!
    })
    expect([odd!.align, odd!.indent]).toEqual(['right', { 'w:right': '280' }])
    expect([even!.align, even!.indent]).toEqual(['left', { 'w:left': '280' }])
  })
})

describe('the minutes', () => {
  test('begin with a red mark 35 mm below the edge, the number, and a red line as wide as the text (7.2, 10.3)', () => {
    const mark = line('金桥社区联席会议纪要')
    expect(mark).toMatchObject({ font: '方正小标宋简体', colour: 'FF0000', align: 'center' })
    expect(mark.line).toMatchObject({ 'w:before': String(mm(35)) })
    expect((mark.size / 2) * 20 * mark.words.length).toBeLessThanOrEqual(mm(156))
    const number = line('金联纪〔2026〕3号')
    expect(number).toMatchObject({ font: '仿宋_GB2312', size: 32, align: 'center' })
    expect(first(number.border!, 'w:bottom').attributes).toMatchObject({ 'w:color': 'FF0000' })
  })

  test('have a title of number two, text of number three, headings in Heiti and Kaiti, each two characters in (7.3)', () => {
    expect(line('2026年第3次会议纪要')).toMatchObject({
      font: '方正小标宋简体',
      size: 44,
      align: 'center',
    })
    const two = { 'w:firstLine': '640' }
    expect(line('一、上次会议议定事项办理情况')).toMatchObject({ font: '黑体', size: 32, indent: two })
    expect(line('二、会议议定事项')).toMatchObject({ font: '黑体' })
    expect(line('（一）整栋楼暖气不热')).toMatchObject({ font: '楷体_GB2312', size: 32, indent: two })
    expect(line(/^议定：由热力牵头/)).toMatchObject({ font: '仿宋_GB2312', size: 32, indent: two })
  })

  test('open with what became of the last decisions, and say each decision with lead, demand and day', () => {
    const words = lines.map((one) => one.words)
    const at = (start: string) => words.findIndex((one) => one.startsWith(start))
    expect(at('一、')).toBeLessThan(at('二、'))
    expect(words).toContain('由热力牵头，11月15日已答复办结。')
    expect(words).toContain('由热力牵头，期限为11月27日，逾期未办结，已督办。')
    expect(words).toContain(
      '议定：由热力牵头，住建局、城管局配合，换掉锈蚀的立管，室内不低于18℃，于11月27日前办结。',
    )
    expect(words).toContain('今后金桥社区此类事项（污水外溢）照此办理，作为派单先例。')
    expect(words).toContain('会议未作决定，下次会议继续研究。下次会议前：请住建局查清维修资金余额。')
    expect(words).toContain('本项未及研究，转入下次会议。')
    expect(words).toContain(
      '诉求编号GY-2611-004211，和平小区1号楼1单元，2026年11月2日提出。列入议题的原因：已超过办理期限、退单2次。',
    )
  })

  test('name who was there, who was excused, who was invited, under one another (10.3)', () => {
    const here = line(/^出席：/)
    expect(here).toMatchObject({ font: '黑体', words: '出席：城管局祁文彬（副局长）' })
    expect(here.indent).toEqual({ 'w:left': '1600', 'w:hanging': '960' })
    expect(line(/^请假：/).words).toBe('请假：住建局（物业科科长）')
    expect(line(/^缺席：/).words).toBe('缺席：公安（副所长）')
    expect(line(/^列席：/).words).toBe('列席：热力倪海燕（站长）')
  })

  test('close with copies and printing between lines, thick, thin and thick, at the foot of the page (7.4)', () => {
    const table = first(document, 'w:tbl')
    expect(first(table, 'w:tblpPr').attributes).toMatchObject({
      'w:vertAnchor': 'margin',
      'w:tblpYSpec': 'bottom',
    })
    expect(Number(first(table, 'w:tblW').attributes['w:w'])).toBe(mm(156))
    const [copies, printed] = paragraphs(table)
    expect(copies).toMatchObject({ words: '抄送：城管局、住建局、公安、热力。', size: 28 })
    expect(printed!.words).toBe('金桥社区居委会2026年11月21日印发')
    const rules = all(table, 'w:tcBorders').flatMap(({ inside }) =>
      inside
        .filter(({ name, attributes }) => name !== 'w:left' && attributes['w:val'] === 'single')
        .map(({ attributes }) => Number(attributes['w:sz'])),
    )
    const [thick, thin] = [0.35, 0.25].map((wide) => Math.round((wide * 72 * 8) / 25.4))
    expect(rules).toEqual([thick, thin, thick])
  })
})

describe('the supervision notice', () => {
  const read = async (fate: 'running' | 'late') => {
    const paper = noticeOf(held, { ...held.items[0]!, fate }, printing)!
    return paragraphs(parsed((await partsOf(await writePaper(paper))).get('word/document.xml')!))
  }

  test('goes to whoever leads, with a copy to those who help, and says demand and day', async () => {
    const notice = await read('late')
    const words = notice.map((one) => one.words)
    expect(words).toContain('金桥社区居委会文件')
    expect(words).toContain('关于限期办理“整栋楼暖气不热”的督办通知')
    expect(words).toContain('热力：')
    expect(words.find((one) => one.includes('逾期未办结'))).toMatch(/期限为2026年11月27日/)
    expect(words).toContain('抄送：住建局、城管局。')
    const [name, day] = [
      notice.find((one) => one.words === '金桥社区居委会' && one.align === 'right')!,
      notice.find((one) => one.words === '2026年11月21日' && one.align === 'right')!,
    ]
    expect([name.indent['w:right'], day.indent['w:right']].map(Number)).toEqual([1280, 640])
    expect((await read('running')).map((one) => one.words)).toContain(
      '请于2026年11月27日前办结，并在系统中答复办理结果。',
    )
  })

  test('there is none where nothing is owed', () => {
    expect(noticeOf(held, item(3, '外墙皮', { decision: null }), printing)).toBeNull()
  })
})

describe('what the standard counts', () => {
  test('headings are numbered in Han numerals (7.3.3)', () => {
    expect([1, 9, 10, 11, 20, 21, 40].map(inHan)).toEqual([
      '一',
      '九',
      '十',
      '十一',
      '二十',
      '二十一',
      '四十',
    ])
  })

  test('the day begins two characters behind the name, and neither leaves the page (7.3.5.2)', () => {
    for (const name of ['居委会', '广阳区银河北路街道办事处']) {
      const day = '2026年11月21日'
      const indents = signatureIndents(name, day)
      const start = (words: string, right: number) => 28 - right - widthOf(words)
      expect(start(day, indents.day) - start(name, indents.name)).toBe(2)
      expect(Math.min(indents.name, indents.day)).toBe(2)
    }
  })
})
