import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { returnBases } from '#requests/lists.ts'
import { Select, TextArea } from '#web/ui/field.tsx'
import { PhotoField } from '../../../parts/photo-field.tsx'
import { lifecycleWord } from '../../../words.ts'
import type { BesideStep } from '../steps.ts'
import { DeedForm, type DeedProps, type Draft } from './deed-form.tsx'

/** What is entered about one part or one supervision of a request, rather than about the whole (RQ12). */
export type About = { step: BesideStep; id: string }

export function BesideDeed({ step, id, ...props }: DeedProps & About) {
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  const [basis, setBasis] = useState<(typeof returnBases)[number] | ''>('')
  const [photos, setPhotos] = useState<string[]>([])
  return (
    <DeedForm
      {...props}
      step={step}
      draft={draftOf({ step, id }, { words: words.trim(), basis, photos })}
      cause={lifecycleWord(t, `causes.${step}`)}
      missing={t(step === 'part_return' ? 'missing.return' : 'missing.words')}
    >
      {step === 'part_return' && (
        <div className="wide">
          <Select
            label={t('field.basis')}
            value={basis}
            onChange={(event) => setBasis(event.target.value as typeof basis)}
          >
            <option value="">{t('field.choose')}</option>
            {returnBases.map((one) => (
              <option key={one} value={one}>
                {lifecycleWord(t, `basis.${one}`)}
              </option>
            ))}
          </Select>
        </div>
      )}
      <div className="wide">
        <TextArea
          label={t(`beside.${step}`)}
          hint={step === 'part_take' ? t('field.optional') : undefined}
          value={words}
          maxLength={step === 'part_answer' ? 2000 : 500}
          onChange={(event) => setWords(event.target.value)}
        />
      </div>
      {step === 'part_answer' && (
        <div className="wide">
          <PhotoField label={t('field.addPhotos')} value={photos} onChange={setPhotos} />
        </div>
      )}
    </DeedForm>
  )
}

function draftOf(
  { step, id }: About,
  said: { words: string; basis: (typeof returnBases)[number] | ''; photos: string[] },
): Draft | undefined {
  const { words, basis, photos } = said
  if (step === 'part_take') return { kind: step, part: id, words }
  if (!words) return undefined
  switch (step) {
    case 'part_return':
      return basis ? { kind: step, part: id, basis, words } : undefined
    case 'part_answer':
      return { kind: step, part: id, words, attachments: photos }
    case 'part_take_back':
      return { kind: step, part: id, words }
    case 'reply':
    case 'lift':
      return { kind: step, supervision: id, words }
  }
}
