import { CircleAlert } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '#web/ui/icon.tsx'
import { TextArea } from '#web/ui/field.tsx'
import { useUsuallyNeeded } from '../../../data/catalogue.ts'
import { type Needed, NeededField, neededOf } from '../../../parts/needed-field.tsx'
import { PhotoField } from '../../../parts/photo-field.tsx'
import { lifecycleWord } from '../../../words.ts'
import { DeedForm, type DeedProps } from './deed-form.tsx'

type Cover = 'done' | 'open'

/** Answer: in words the reporter reads, covering every point that was asked (RQ7). */
export function Answer(props: DeedProps) {
  const { t } = useTranslation()
  const points = props.request.points.length > 0 ? props.request.points : [props.request.title]
  const [words, setWords] = useState('')
  const [covers, setCovers] = useState<(Cover | undefined)[]>(points.map(() => undefined))
  const [photos, setPhotos] = useState<string[]>([])
  const [needed, setNeeded] = useState<Needed[]>([])
  const [tried, setTried] = useState(false)
  const usual = useUsuallyNeeded(props.request.category?.code)
  const covered = covers.every((cover) => cover !== undefined)
  const open = covers.flatMap((cover, index) => (cover === undefined ? [index + 1] : []))
  const draft =
    words.trim() && covered
      ? {
          kind: 'answer' as const,
          words,
          points: covers.map((cover, index) => ({ index, open: cover === 'open' })),
          attachments: photos,
          ...neededOf(needed),
        }
      : undefined
  return (
    <DeedForm
      {...props}
      step="answer"
      draft={draft}
      cause={lifecycleWord(t, 'causes.answer')}
      missing={
        covered ? t('missing.answerWords') : t('missing.points', { points: open.join(t('story.listComma')) })
      }
      onTry={() => setTried(true)}
    >
      <div className="wide">
        <TextArea
          label={t('field.answer')}
          hint={t('field.answerHint')}
          value={words}
          maxLength={2000}
          onChange={(event) => setWords(event.target.value)}
        />
      </div>
      <div className="wide">
        <PhotoField label={t('field.addPhotos')} value={photos} onChange={setPhotos} />
      </div>
      <div className="wide covers">
        <p className="label">{t('field.covers')}</p>
        {points.map((point, index) => (
          <fieldset key={point} className={tried && covers[index] === undefined ? 'unsaid' : undefined}>
            <legend>
              {point}
              {tried && covers[index] === undefined && (
                <span className="wrong">
                  <Icon of={CircleAlert} size="s" />
                  {t('cover.missing')}
                </span>
              )}
            </legend>
            {(['done', 'open'] as const).map((cover) => (
              <label key={cover}>
                <input
                  type="radio"
                  name={`cover-${index}`}
                  checked={covers[index] === cover}
                  onChange={() => setCovers(covers.map((other, at) => (at === index ? cover : other)))}
                />
                {t(`cover.${cover}`)}
              </label>
            ))}
          </fieldset>
        ))}
      </div>
      <div className="wide">
        <NeededField value={needed} onChange={setNeeded} usual={usual} />
      </div>
    </DeedForm>
  )
}
