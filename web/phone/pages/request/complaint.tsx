import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { newId } from '#web/api/ids.ts'
import { Refused } from '#web/api/problem.ts'
import { complainAbout, type RequestView } from '#web/api/requests.ts'
import { Button } from '#web/ui/button.tsx'
import { SegmentedChoice, Switch, TextArea } from '#web/ui/field.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { Sheet } from '#web/ui/sheet.tsx'
import { Coded } from '#web/ui/words.tsx'
import { useStillHere } from '#web/ui/still-here.ts'
import { paths } from '../../paths.ts'
import { refusalWords } from '../../refusal.ts'
import { say } from '../../story.ts'

/** States in which somebody has handled it, or ought to have. */
const unhandled: readonly string[] = ['submitted', 'withdrawn']

/** Everybody who had it, the latest first. */
function handlersOf({ holder, entries }: RequestView): { value: string; label: string }[] {
  const known = new Map<string, string>(holder ? [[holder.organisation.id, holder.organisation.name]] : [])
  for (const { data, names } of entries) {
    const id = (data['holder'] as { organisation?: string } | undefined)?.organisation
    if (id && names[id] && !known.has(id)) known.set(id, names[id])
  }
  return [...known].map(([value, label]) => ({ value, label }))
}

/** "How this was handled is not right" (boundary 16), and what this request and others have to do with one another. */
export function Complaints({ request }: { request: RequestView }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const { about, complaints } = request
  return (
    <>
      {about && (
        <Link href={paths.request(about.id)} className="seen">
          <Coded>{t('complaint.about', { code: about.code })}</Coded>
          <Icon of={ChevronRight} size="s" />
        </Link>
      )}
      {complaints.map((one) => (
        <Link key={one.id} href={paths.request(one.id)} className="seen">
          <Coded>{t('complaint.made', { code: one.code, state: say(t, `state.${one.state}`) })}</Coded>
          <Icon of={ChevronRight} size="s" />
        </Link>
      ))}
      {!unhandled.includes(request.state) && (
        <button type="button" className="seen" onClick={() => setOpen(true)}>
          {t('complaint.title')}
          <Icon of={ChevronRight} size="s" />
        </button>
      )}
      <ComplaintSheet request={request} open={open} onClose={() => setOpen(false)} />
    </>
  )
}

function ComplaintSheet(props: { request: RequestView; open: boolean; onClose: () => void }) {
  const { request, open, onClose } = props
  const { t } = useTranslation()
  const [, go] = useLocation()
  const [id] = useState(newId)
  const [words, setWords] = useState('')
  const [whom, setWhom] = useState<string>()
  const [confidential, setConfidential] = useState(false)
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)
  const stillHere = useStillHere()
  const handlers = handlersOf(request)
  const organisation = whom ?? handlers[0]?.value

  const send = async () => {
    if (!words.trim()) return setError(t('complaint.missing'))
    setBusy(true)
    setError(undefined)
    try {
      const complaint = { id, words: words.trim(), confidential, ...(organisation && { organisation }) }
      const receipt = await complainAbout(request.id, complaint)
      if (!stillHere()) return
      onClose()
      go(paths.request(receipt.id))
    } catch (failure) {
      setError(failure instanceof Refused ? refusalWords(failure) : t('deed.unsent'))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Sheet
      title={t('complaint.title')}
      open={open}
      onClose={onClose}
      footer={
        <Button kind="primary" wide onClick={() => void send()} busy={busy}>
          {t('complaint.do')}
        </Button>
      }
    >
      {handlers.length > 1 && (
        <>
          <p>{t('complaint.whom')}</p>
          <SegmentedChoice
            stack
            legend={t('complaint.whom')}
            options={handlers}
            value={organisation}
            onChange={setWhom}
          />
        </>
      )}
      <TextArea
        label={t('complaint.label')}
        hint={t('complaint.causes')}
        error={error}
        value={words}
        maxLength={2000}
        onChange={(event) => setWords(event.target.value)}
      />
      {!request.confidential && (
        <Switch label={t('confide.switch')} on={confidential} onChange={setConfidential} />
      )}
    </Sheet>
  )
}
