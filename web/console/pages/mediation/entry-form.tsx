import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mediationRules } from '#mediation/rules.ts'
import type { MediationDeed } from '#mediation/rules.ts'
import { newId } from '#web/api/ids.ts'
import { Button } from '#web/ui/button.tsx'
import { SegmentedChoice, TextArea } from '#web/ui/field.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { type Mediation, useMediationEntry } from '../../data/mediations.ts'
import { DateField } from '../../parts/date-field.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { dayOf, daysLater } from '../../time.ts'

/** What may be written down as the file stands, by the same table as the server's. */
export function EntryForm(props: { file: Mediation; now: string; onWritten: () => void }) {
  const { file, now, onWritten } = props
  const { t } = useTranslation()
  const tell = useToast()
  const enter = useMediationEntry(file.id)
  const [id] = useState(newId)
  const [chosen, setKind] = useState<MediationDeed>()
  const kind = file.deeds.find((deed) => deed === chosen) ?? file.deeds[0] ?? 'session'
  const [on, setOn] = useState<string | undefined>(dayOf(now))
  const [words, setWords] = useState('')
  const [followUp, setFollowUp] = useState<string | undefined>(daysLater(dayOf(now), 14))
  const [tried, setTried] = useState(false)
  const rule = mediationRules[kind]
  const lacksWords = rule.words && !words.trim()

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (!on || lacksWords || (rule.followUp && !followUp) || enter.isPending) return
    enter.mutate(
      {
        id,
        kind,
        on,
        ...(words.trim() && { words: words.trim() }),
        ...(rule.followUp && { followUpOn: followUp }),
      },
      { afterwards: () => tell(t('mediation.written')), onSuccess: onWritten },
    )
  }

  return (
    <section>
      <h3>{t('mediation.next')}</h3>
      <form className="pane-form" onSubmit={submit} noValidate>
        <SegmentedChoice
          legend={t('mediation.next')}
          value={kind}
          stack
          onChange={setKind}
          options={file.deeds.map((deed) => ({ value: deed, label: t(`mediation.do.${deed}`) }))}
        />
        <DateField label={t('mediation.on')} value={on} onChange={setOn} />
        <TextArea
          label={t(`mediation.wordsOf.${kind}`)}
          rows={4}
          maxLength={4000}
          value={words}
          error={tried && lacksWords && t('mediation.wordsMissing')}
          onChange={(event) => setWords(event.target.value)}
        />
        {rule.followUp && (
          <DateField
            label={t('mediation.followUp')}
            hint={t('mediation.followUpHint')}
            min={daysLater(dayOf(now), 1)}
            value={followUp}
            onChange={setFollowUp}
          />
        )}
        <ProblemNote error={enter.error} />
        <div className="deed-do">
          <Button type="submit" kind="primary" busy={enter.isPending}>
            {t('mediation.write')}
          </Button>
          <p>{t('mediation.writeCause')}</p>
        </div>
      </form>
    </section>
  )
}
