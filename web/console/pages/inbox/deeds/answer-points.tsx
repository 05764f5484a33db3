import { Check, CircleAlert, CircleDashed, Clock } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { type Cover, speaksOf } from '#suggest/rules.ts'
import { Button } from '#web/ui/button.tsx'
import { Icon } from '#web/ui/icon.tsx'

type Row = { point: string; index: number; cover: Cover | undefined; isSpoken: boolean }

/** RQ7: what was asked, point by point: whether it is answered or open, and whether the words speak of it yet. */
export function AnswerPoints(props: {
  points: string[]
  covers: (Cover | undefined)[]
  words: string
  tried: boolean
  onCover: (index: number, cover: Cover) => void
  /** puts the beginning of a sentence about a point into the answer */
  onOpener: (opener: string) => void
}) {
  const { points, covers, words, tried, onCover, onOpener } = props
  const { t } = useTranslation()
  // With a single point the whole answer speaks of it.
  const isSpoken = (point: string) => points.length === 1 || speaksOf(words, point)
  const opener = ({ point, cover }: Row) => t(`opener.${cover === 'open' ? 'open' : 'done'}`, { point })
  return (
    <div className="wide covers">
      <p className="label">{t('field.covers')}</p>
      {points.map((point, index) => {
        const row: Row = { point, index, cover: covers[index], isSpoken: isSpoken(point) }
        return (
          <fieldset key={`${index} ${point}`} className={tried && !row.cover ? 'unsaid' : undefined}>
            <legend>
              {points.length > 1 ? t('cover.point', { number: index + 1, point }) : point}
              <PointState row={row} tried={tried} />
            </legend>
            {points.length > 1 && row.cover && !row.isSpoken && (
              <Button small kind="quiet" onClick={() => onOpener(opener(row))}>
                {t('cover.opener')}
              </Button>
            )}
            {(['done', 'open'] as const).map((cover) => (
              <label key={cover}>
                <input
                  type="radio"
                  name={`cover-${index}`}
                  checked={row.cover === cover}
                  onChange={() => onCover(index, cover)}
                />
                {t(`cover.${cover}`)}
              </label>
            ))}
          </fieldset>
        )
      })}
    </div>
  )
}

/** Where a point stands, in a word and a mark; red only once somebody tried to send. */
function PointState({ row, tried }: { row: Row; tried: boolean }) {
  const { t } = useTranslation()
  const { cover, isSpoken } = row
  if (!cover) {
    return (
      <span className={tried ? 'wrong' : 'point-state'}>
        <Icon of={tried ? CircleAlert : CircleDashed} size="s" />
        {t('cover.missing')}
      </span>
    )
  }
  if (!isSpoken) {
    return (
      <span className="point-state soon">
        <Icon of={CircleAlert} size="s" />
        {t('cover.unspoken')}
      </span>
    )
  }
  return (
    <span className="point-state done">
      <Icon of={cover === 'done' ? Check : Clock} size="s" />
      {t(`cover.said.${cover}`)}
    </span>
  )
}
