import { useTranslation } from 'react-i18next'
import type { PublicationPart } from '#open311/publication-contract.ts'

/** Words as they were said, with what looks personal marked; the mark says what it looks like. */
export function Marked({ words, marks }: Pick<PublicationPart, 'words' | 'marks'>) {
  const { t } = useTranslation()
  const pieces = marks.map((mark, index) => ({
    before: words.slice(marks[index - 1]?.to ?? 0, mark.from),
    ...mark,
  }))
  return (
    <blockquote className="clear-original">
      {pieces.map(({ before, from, to, kind }) => (
        <span key={from}>
          {before}
          <mark title={t(`public.kind.${kind}`)}>{words.slice(from, to)}</mark>
        </span>
      ))}
      {words.slice(marks.at(-1)?.to ?? 0)}
    </blockquote>
  )
}
