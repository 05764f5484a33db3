import { ALargeSmall, CircleAlert } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useSearchParams } from 'wouter'
import { readMe } from '#web/api/me.ts'
import { Button, IconButton } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { useNow } from '#web/ui/now.ts'
import { sayMoment } from '#web/ui/say-time.ts'
import { Bar, Screen, Top } from '#web/ui/screen.tsx'
import { Failed } from '#web/ui/states.tsx'
import { useStillHere } from '#web/ui/still-here.ts'
import { useToast } from '#web/ui/toast.tsx'
import type { DraftFile } from '../../kept/draft-file.ts'
import { changeDraft, currentDraft, sendDraft, sendDraftFile, useDraft } from '../../kept/draft.ts'
import { useHome } from '../../home-place.ts'
import { useRemote } from '../../kept/remote.ts'
import { changeSettings, useSettings } from '../../kept/settings.ts'
import { paths } from '../../paths.ts'
import { useTitle } from '../../title.ts'
import { Confidence } from './confidence.tsx'
import { Pictures } from './pictures.tsx'
import { SaidBefore } from './said-before.tsx'
import './say.css'
import { LineBroken } from './uploading.tsx'
import { Talk, VoiceClips } from './voice.tsx'
import { Where } from './where.tsx'
import { Who } from './who.tsx'
import { refusalWords } from '../../refusal.ts'

function addFile(file: DraftFile): void {
  changeDraft({ files: [...currentDraft().files, file] })
  // Sent at once while the resident goes on writing; what does not get through goes with the request.
  void sendDraftFile(file.id, true)
}

function removeFile(id: string): void {
  changeDraft({ files: currentDraft().files.filter((file) => file.id !== id) })
}

/** Say something: one screen. Everything but the words (or a voice note) and the place is optional. */
export function SayPage() {
  const { t } = useTranslation()
  useTitle(t('say.title'))
  const draft = useDraft()
  const now = useNow()
  const { elder } = useSettings()
  const home = useHome()
  const [, go] = useLocation()
  const tell = useToast()
  const stillHere = useStillHere()
  const [search] = useSearchParams()
  const me = useRemote('me', readMe)
  const words = useRef<HTMLTextAreaElement>(null)
  const [missing, setMissing] = useState<{ words?: string | undefined; place?: string | undefined }>({})
  const [refused, setRefused] = useState<string>()
  const [busy, setBusy] = useState(false)

  useEffect(() => {
    // What was left unsent by an earlier visit goes on.
    for (const { id, sent, refused } of currentDraft().files)
      if (!sent && !refused) void sendDraftFile(id, true)
  }, [])
  useEffect(() => {
    // My home is the likeliest place; it is offered, and changed with one press.
    if (!currentDraft().path && home)
      changeDraft({ path: home.path, names: home.names, door: home.door ?? '' })
    const opening = t('feedback_words')
    if (search.get('about') === 'product' && !currentDraft().words) changeDraft({ words: opening })
    return () => {
      // Whoever leaves without a word of their own finds an empty page the next time.
      if (currentDraft().words === opening) changeDraft({ words: '' })
    }
  }, [home, search, t])

  const send = async () => {
    const voice = draft.files.some((file) => file.kind === 'voice' && !file.refused)
    const lacks = {
      ...(!draft.words.trim() && !voice && { words: t('say.words_missing') }),
      ...(!draft.path && { place: t('place.missing') }),
    }
    setMissing(lacks)
    if (lacks.words) return words.current?.focus()
    if (lacks.place) return undefined
    setBusy(true)
    setRefused(undefined)
    const outcome = await sendDraft(t('say.words_of_voice')).finally(() => setBusy(false))
    if (outcome.kind === 'sent') {
      if (stillHere()) go(paths.said(outcome.receipt.id), { replace: true })
      else tell(t('said.sent', { code: outcome.receipt.code }))
    }
    if (outcome.kind === 'refused') setRefused(refusalWords(outcome.why))
    return undefined
  }

  const known = me.value?.reporter?.proven
  return (
    <Screen
      top={
        <Top title={t('say.title')} onBack={() => go(paths.home())} centred>
          <IconButton
            label={t(elder ? 'elder_off' : 'elder_on')}
            icon={ALargeSmall}
            onClick={() => changeSettings({ elder: !elder })}
          />
        </Top>
      }
      bar={
        <Bar>
          <Button kind="primary" wide onClick={() => void send()} busy={busy}>
            {t('say.send')}
          </Button>
          <p className="under" aria-live="polite">
            {t(busy ? 'say.sending' : 'say.promise')}
          </p>
        </Bar>
      }
    >
      {draft.triedAt && !busy && (
        <Failed
          what={t('say.waits')}
          safe={t('say.waits_safe', { moment: sayMoment(t, draft.triedAt, now) })}
        />
      )}
      {refused && (
        <Card className="fail" role="alert">
          <h2>
            <Icon of={CircleAlert} />
            {t('say.refused')}
          </h2>
          <p>{refused}</p>
        </Card>
      )}
      <Card className="say" aria-label={t('say.what')}>
        <div className="field">
          <textarea
            ref={words}
            className="in words-in"
            value={draft.words}
            maxLength={2000}
            placeholder={t('say.example')}
            aria-label={t('say.what')}
            aria-invalid={missing.words ? true : undefined}
            aria-describedby="words-missing"
            onChange={(event) => {
              changeDraft({ words: event.target.value })
              if (missing.words) setMissing((now) => ({ ...now, words: undefined }))
            }}
          />
          <p className="wrong" id="words-missing" aria-live="polite" hidden={!missing.words}>
            {missing.words}
          </p>
        </div>
        <VoiceClips files={draft.files} onRemove={removeFile} />
        <Pictures files={draft.files} onAdd={addFile} onRemove={removeFile} />
        <LineBroken files={draft.files} />
        <Talk onAdd={addFile} />
      </Card>
      <SaidBefore draft={draft} />
      <Card className="facts" aria-label={t('say.more')}>
        <Where draft={draft} error={draft.path ? undefined : missing.place} />
        {!known && <Who draft={draft} />}
        <Confidence draft={draft} />
      </Card>
    </Screen>
  )
}
