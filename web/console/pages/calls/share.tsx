import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { TextInput } from '#web/ui/field.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { useCallShare } from '../../data/calls.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'

/** Which share of the answers is called, from the next draw on; what is drawn stays. */
export function Share({ percent, version }: { percent: number; version: number }) {
  const { t } = useTranslation()
  const tell = useToast()
  const [typed, setTyped] = useState(String(percent))
  const save = useCallShare(version)
  const wanted = Number(typed)
  const fits = Number.isInteger(wanted) && wanted >= 1 && wanted <= 100

  function submit(event: FormEvent) {
    event.preventDefault()
    if (fits) save.mutate(wanted, { afterwards: () => tell(t('calls.shareSaved', { percent: wanted })) })
  }

  return (
    <form className="call-share" onSubmit={submit} noValidate>
      <TextInput
        label={t('calls.share')}
        error={fits ? undefined : t('calls.shareWrong')}
        inputMode="numeric"
        value={typed}
        maxLength={3}
        onChange={(event) => setTyped(event.target.value.trim())}
      />
      <Button type="submit" small busy={save.isPending} disabled={!fits || wanted === percent}>
        {t('calls.shareSave')}
      </Button>
      <ProblemNote error={save.error} />
    </form>
  )
}
