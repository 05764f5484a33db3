import {
  AlignmentType,
  BorderStyle,
  Document,
  DocumentGridType,
  Footer,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  RelativeHorizontalPosition,
  RelativeVerticalPosition,
  Tab,
  Table,
  TableAnchorType,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  WidthType,
} from 'docx'
import type { IParagraphOptions } from 'docx'
import official from '../data/official.json' with { type: 'json' }
import {
  character,
  fonts,
  footerFromEdge,
  inHan,
  linePitch,
  markBefore,
  markSize,
  narrower,
  page,
  pointsUnderNumber,
  red,
  signatureIndents,
  size,
  thick,
  thin,
  titleLine,
} from './layout.ts'

/**
 * A paper of a Chinese office as GB/T 9704-2012 lays it out: head (版头), body (主体), closing (版记). It knows nothing of
 * meetings; what it says comes from `minutes.ts` and `notice.ts`. Numbers in comments are the standard's.
 */

/** One part of the body. Headings are numbered as they come. */
export type Block =
  | { kind: 'first' | 'second' | 'text'; text: string }
  /** 10.3: who was there; the words after the colon stand under one another. */
  | { kind: 'people'; label: string; text: string }

export type Paper = {
  /** 7.2.4 and 10.3: whose paper it is, or of what the minutes are; in red. */
  mark: string
  /** 7.2.5 */
  number: string
  title: string
  /** 7.3.2 */
  to?: string
  blocks: readonly Block[]
  /** 7.3.5: minutes have none. */
  signature?: { name: string; day: string }
  /** 7.4.2 and 7.4.3 */
  closing: { copy: string | null; printedBy: string; printedOn: string }
  /** For the file's own properties: by whom, when. */
  author: string
}

const text = (words: string, font: string = fonts.body, points: number = size.three, colour?: string) =>
  new TextRun({
    text: words,
    font: { ascii: font, hAnsi: font, eastAsia: font, cs: font, hint: 'eastAsia' },
    size: points,
    ...(points === size.three && { characterSpacing: narrower }),
    ...(colour !== undefined && { color: colour }),
  })

/** Every line is one of the 22: exact, so that it is 22 wherever it is opened. */
const oneLine = { line: linePitch, lineRule: LineRuleType.EXACT, before: 0, after: 0 } as const
const line = (options: IParagraphOptions) => new Paragraph({ spacing: oneLine, ...options })
const empty = () => line({ children: [text('')] })
/** What the closing hangs on; it takes no room of its own. */
const anchor = () =>
  new Paragraph({ spacing: { line: 20, lineRule: LineRuleType.EXACT, before: 0, after: 0 }, children: [] })
const twoIn = 2 * character

function head({ mark, number }: Paper): Paragraph[] {
  const points = markSize(mark)
  return [
    new Paragraph({
      alignment: AlignmentType.CENTER,
      // The line is as high as the letters, and starts where the standard says their upper edge is.
      spacing: { before: markBefore, after: 0, line: points * 11, lineRule: LineRuleType.EXACT },
      children: [text(mark, fonts.mark, points, red)],
    }),
    empty(),
    empty(),
    line({
      alignment: AlignmentType.CENTER,
      children: [text(number)],
      border: { bottom: { style: BorderStyle.SINGLE, size: 12, color: red, space: pointsUnderNumber } },
    }),
  ]
}

function body({ title, to, blocks, signature }: Paper): Paragraph[] {
  let [first, second] = [0, 0]
  const paragraphs = blocks.map((block) => {
    switch (block.kind) {
      case 'first':
        first += 1
        second = 0
        return heading(official.first.replace('{number}', inHan(first)) + block.text, fonts.first)
      case 'second':
        second += 1
        return heading(official.second.replace('{number}', inHan(second)) + block.text, fonts.second)
      case 'text':
        return line({ indent: { firstLine: twoIn }, children: [text(block.text)] })
      case 'people': {
        const hanging = [...block.label].length * character
        return line({
          indent: { left: twoIn + hanging, hanging },
          children: [text(block.label, fonts.first), text(block.text)],
        })
      }
    }
  })
  return [
    empty(),
    empty(),
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { line: titleLine, lineRule: LineRuleType.EXACT, before: 0, after: 0 },
      children: [text(title, fonts.title, size.two)],
    }),
    empty(),
    ...(to === undefined ? [] : [line({ children: [text(to)] })]),
    ...paragraphs,
    ...(signature ? signed(signature) : []),
  ]
}

const heading = (words: string, font: string) =>
  line({ indent: { firstLine: twoIn }, keepNext: true, children: [text(words, font)] })

function signed({ name, day }: NonNullable<Paper['signature']>): Paragraph[] {
  const indents = signatureIndents(name, day)
  const right = (words: string, characters: number) =>
    line({
      alignment: AlignmentType.RIGHT,
      indent: { right: Math.round(characters * character) },
      keepLines: true,
      children: [text(words)],
    })
  return [empty(), empty(), right(name, indents.name), right(day, indents.day)]
}

/**
 * 7.4: at the foot of the last page, as wide as the type area, its last line on the lower edge of it: a table that stands at
 * the lower margin of the page on which its anchor falls. Old versions of LibreOffice leave it below the text.
 */
function closing({ closing: { copy, printedBy, printedOn } }: Paper): Table {
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const
  const rule = (eighths: number) => ({ style: BorderStyle.SINGLE, size: eighths, color: '000000' }) as const
  // One character from either edge.
  const one = size.four * 10
  const row = (top: number, bottom: number | null, paragraph: Paragraph) =>
    new TableRow({
      cantSplit: true,
      children: [
        new TableCell({
          width: { size: page.typeWidth, type: WidthType.DXA },
          margins: { left: one, right: one, top: 0, bottom: 0 },
          borders: {
            left: none,
            right: none,
            top: rule(top),
            bottom: bottom === null ? none : rule(bottom),
          },
          children: [paragraph],
        }),
      ],
    })
  const small = (words: string) => text(words, fonts.body, size.four)
  const last = line({
    tabStops: [{ type: TabStopType.RIGHT, position: page.typeWidth - 2 * one }],
    children: [small(printedBy), new TextRun({ children: [new Tab()] }), small(printedOn)],
  })
  // A second line stands under the words after the colon.
  const label = 3 * one
  const copies = (words: string) =>
    line({ indent: { left: label, hanging: label }, children: [small(words)] })
  return new Table({
    width: { size: page.typeWidth, type: WidthType.DXA },
    columnWidths: [page.typeWidth],
    layout: TableLayoutType.FIXED,
    float: {
      horizontalAnchor: TableAnchorType.MARGIN,
      relativeHorizontalPosition: RelativeHorizontalPosition.LEFT,
      verticalAnchor: TableAnchorType.MARGIN,
      relativeVerticalPosition: RelativeVerticalPosition.BOTTOM,
    },
    rows:
      copy === null ? [row(thick, thick, last)] : [row(thick, null, copies(copy)), row(thin, thick, last)],
  })
}

/** 7.5: number four, a dash on each side; a character from the outer edge: right on odd pages, left on even ones. */
function pageNumber(side: 'odd' | 'even'): Footer {
  const words = (part: string) => ({ font: fonts.page, size: size.four, text: part }) as const
  return new Footer({
    children: [
      new Paragraph({
        alignment: side === 'odd' ? AlignmentType.RIGHT : AlignmentType.LEFT,
        indent: side === 'odd' ? { right: size.four * 10 } : { left: size.four * 10 },
        children: [
          new TextRun(words(`${official.dash} `)),
          new TextRun({ font: fonts.page, size: size.four, children: [PageNumber.CURRENT] }),
          new TextRun(words(` ${official.dash}`)),
        ],
      }),
    ],
  })
}

/** The paper as a .docx. */
export function writePaper(paper: Paper): Promise<Buffer> {
  const document = new Document({
    creator: paper.author,
    lastModifiedBy: paper.author,
    title: paper.title,
    styles: {
      default: {
        document: {
          run: {
            size: size.three,
            font: { ascii: fonts.body, hAnsi: fonts.body, eastAsia: fonts.body, cs: fonts.body },
            language: { value: 'zh-CN', eastAsia: 'zh-CN' },
          },
        },
      },
    },
    evenAndOddHeaderAndFooters: true,
    sections: [
      {
        properties: {
          page: {
            size: { width: page.width, height: page.height },
            margin: {
              top: page.top,
              left: page.left,
              right: page.right,
              bottom: page.bottom,
              header: page.top / 2,
              footer: footerFromEdge,
              gutter: 0,
            },
          },
          grid: { type: DocumentGridType.LINES, linePitch },
        },
        footers: { default: pageNumber('odd'), even: pageNumber('even') },
        children: [...head(paper), ...body(paper), closing(paper), anchor()],
      },
    ],
  })
  return Packer.toBuffer(document)
}
