import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { closeGrounds, returnBases } from '#requests/lists.ts'
import { SegmentedChoice, Select, Switch, TextArea } from '#web/ui/field.tsx'
import { DeedForm, type DeedProps } from './deed-form.tsx'
import { DateField } from '../../../parts/date-field.tsx'
import { PhotoField } from '../../../parts/photo-field.tsx'
import { lifecycleWord } from '../../../words.ts'

/** Take: from now on my organisation answers for it. */
export function Take(props: DeedProps) {
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  return (
    <DeedForm {...props} step="take" draft={{ kind: 'take', words }} cause={t('deedCause.take')} missing="">
      <div className="wide">
        <TextArea
          label={t('field.first')}
          hint={t('field.optional')}
          value={words}
          maxLength={500}
          onChange={(event) => setWords(event.target.value)}
        />
      </div>
    </DeedForm>
  )
}

/** Return: only on a basis from the list, with words that say why here. */
export function Return(props: DeedProps) {
  const { t } = useTranslation()
  const [basis, setBasis] = useState<(typeof returnBases)[number] | ''>('')
  const [words, setWords] = useState('')
  const draft = basis && words.trim() ? ({ kind: 'return', basis, words } as const) : undefined
  return (
    <DeedForm
      {...props}
      step="return"
      draft={draft}
      cause={t('deedCause.return')}
      missing={t('missing.return')}
    >
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
      <div className="wide">
        <TextArea
          label={t('field.whyHere')}
          value={words}
          maxLength={500}
          onChange={(event) => setWords(event.target.value)}
        />
      </div>
    </DeedForm>
  )
}

/** Escalate: one level up, everything known travels with it (RQ11). */
export function Escalate(props: DeedProps) {
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  const draft = words.trim() ? ({ kind: 'escalate', words } as const) : undefined
  return (
    <DeedForm
      {...props}
      step="escalate"
      draft={draft}
      cause={t('deedCause.escalate')}
      missing={t('missing.words')}
    >
      <div className="wide">
        <TextArea
          label={t('field.whyUp')}
          value={words}
          maxLength={500}
          onChange={(event) => setWords(event.target.value)}
        />
      </div>
    </DeedForm>
  )
}

/** Ask: one question to the reporter, who reads it as something that waits for a reply. */
export function Ask(props: DeedProps) {
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  const draft = words.trim() ? ({ kind: 'ask', words } as const) : undefined
  return (
    <DeedForm
      {...props}
      step="ask"
      draft={draft}
      cause={lifecycleWord(t, 'causes.ask')}
      missing={t('missing.words')}
    >
      <div className="wide">
        <TextArea
          label={t('field.question')}
          hint={t('field.questionHint')}
          value={words}
          maxLength={500}
          onChange={(event) => setWords(event.target.value)}
        />
      </div>
    </DeedForm>
  )
}

/** Resume: work goes on before the suspension ends. */
export function Resume(props: DeedProps) {
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  return (
    <DeedForm
      {...props}
      step="resume"
      draft={{ kind: 'resume', words }}
      cause={lifecycleWord(t, 'causes.resume')}
      missing=""
    >
      <div className="wide">
        <TextArea
          label={t('field.whyNow')}
          hint={t('field.optional')}
          value={words}
          maxLength={500}
          onChange={(event) => setWords(event.target.value)}
        />
      </div>
    </DeedForm>
  )
}

/** Note: a line in the story; hidden from the reporter unless the writer says otherwise. */
export function Note(props: DeedProps) {
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  const [visible, setVisible] = useState(false)
  const [photos, setPhotos] = useState<string[]>([])
  const draft = words.trim() ? { kind: 'note' as const, words, visible, attachments: photos } : undefined
  return (
    <DeedForm
      {...props}
      step="note"
      draft={draft}
      cause={visible ? t('deedCause.noteSeen') : t('deedCause.noteUnseen')}
      missing={t('missing.words')}
    >
      <div className="wide">
        <TextArea
          label={t('field.note')}
          value={words}
          maxLength={2000}
          onChange={(event) => setWords(event.target.value)}
        />
      </div>
      <div className="wide">
        <Switch label={t('field.visible')} on={visible} onChange={setVisible} />
      </div>
      <div className="wide">
        <PhotoField label={t('field.addPhotos')} value={photos} onChange={setPhotos} />
      </div>
    </DeedForm>
  )
}

/** Close: only on grounds that stand in the ledger (RQ7). */
export function Close(props: DeedProps) {
  const { t } = useTranslation()
  const [grounds, setGrounds] = useState<(typeof closeGrounds)[number]>()
  const draft = grounds ? ({ kind: 'close', grounds } as const) : undefined
  return (
    <DeedForm
      {...props}
      step="close"
      draft={draft}
      cause={lifecycleWord(t, 'causes.close')}
      missing={t('missing.grounds')}
    >
      <div className="wide">
        <SegmentedChoice
          legend={t('field.grounds')}
          options={closeGrounds.map((one) => ({ value: one, label: t(`closeGrounds.${one}`) }))}
          value={grounds}
          onChange={setGrounds}
        />
      </div>
    </DeedForm>
  )
}

/** Reopen, for a reporter who says on the phone that it is not solved (RQ8). */
export function Reopen(props: DeedProps) {
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  const draft = words.trim() ? ({ kind: 'reopen', words } as const) : undefined
  return (
    <DeedForm
      {...props}
      step="reopen"
      draft={draft}
      cause={lifecycleWord(t, 'causes.reopen')}
      missing={t('missing.words')}
    >
      <div className="wide">
        <TextArea
          label={t('field.notSolved')}
          value={words}
          maxLength={2000}
          onChange={(event) => setWords(event.target.value)}
        />
      </div>
    </DeedForm>
  )
}

/** Supervise: what is demanded, and by when. */
export function Supervise(props: DeedProps) {
  const { t } = useTranslation()
  const [demand, setDemand] = useState('')
  const [day, setDay] = useState<string>()
  const draft = demand.trim()
    ? ({ kind: 'supervise', demand, ...(day && { due: `${day}T09:30:00.000Z` }) } as const)
    : undefined
  return (
    <DeedForm
      {...props}
      step="supervise"
      draft={draft}
      cause={lifecycleWord(t, 'causes.supervise')}
      missing={t('missing.words')}
    >
      <div className="wide">
        <TextArea
          label={t('field.demand')}
          value={demand}
          maxLength={500}
          onChange={(event) => setDemand(event.target.value)}
        />
      </div>
      <DateField
        label={t('field.demandDue')}
        hint={t('field.demandDueHint')}
        min={props.now.slice(0, 10)}
        value={day}
        onChange={setDay}
      />
    </DeedForm>
  )
}
