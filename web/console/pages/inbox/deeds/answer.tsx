import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Cover, type Missing, missingIn } from '#suggest/rules.ts'
import { TextArea } from '#web/ui/field.tsx'
import { useUsuallyNeeded } from '../../../data/catalogue.ts'
import { type Needed, NeededField, neededOf } from '../../../parts/needed-field.tsx'
import { PhotoField } from '../../../parts/photo-field.tsx'
import { lifecycleWord } from '../../../words.ts'
import { AnswerPoints } from './answer-points.tsx'
import { AnswersBefore } from './answers-before.tsx'
import { DeedForm, type DeedProps } from './deed-form.tsx'

/** What is missing, named: the first thing that keeps the answer from being sent. */
function missingText(t: TFunction, [first]: readonly Missing[]): string {
  if (!first || first.what === 'unspoken') return ''
  if (first.what === 'words') return t('missing.answerWords')
  if (first.what === 'gap') return t('missing.answerGap')
  if (first.what === 'borrowed') return t('missing.answerBorrowed')
  const numbers = first.indexes.map((index) => index + 1).join(t('story.listComma'))
  return t('missing.points', { points: numbers })
}

/**
 * Answer: in words the reporter reads, covering every point that was asked (RQ7). That a point is not spoken of is said,
 * not forbidden: other words may mean the same.
 */
export function Answer(props: DeedProps) {
  const { t } = useTranslation()
  const points = props.request.points.length > 0 ? props.request.points : [props.request.title]
  const [words, setWords] = useState('')
  const [covers, setCovers] = useState<(Cover | undefined)[]>(points.map(() => undefined))
  const [starts, setStarts] = useState<string[]>([])
  const [photos, setPhotos] = useState<string[]>([])
  const [needed, setNeeded] = useState<Needed[]>([])
  const [tried, setTried] = useState(false)
  const usual = useUsuallyNeeded(props.request.category?.code)
  const missing = missingIn(words, points, covers, starts).filter(({ what }) => what !== 'unspoken')
  const append = (text: string) => setWords(words.trim() ? `${words.trimEnd()}\n${text}` : text)
  const draft =
    missing.length === 0
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
      missing={missingText(t, missing)}
      onTry={() => setTried(true)}
    >
      <AnswersBefore
        request={props.request.id}
        now={props.now}
        onStart={(start) => {
          append(start)
          setStarts([...starts, start])
        }}
      />
      <AnswerPoints
        points={points}
        covers={covers}
        words={words}
        tried={tried}
        onCover={(index, cover) => setCovers(covers.map((other, at) => (at === index ? cover : other)))}
        onOpener={append}
      />
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
      <div className="wide">
        <NeededField value={needed} onChange={setNeeded} usual={usual} />
      </div>
    </DeedForm>
  )
}
