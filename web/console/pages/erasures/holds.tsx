import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '#web/api/ids.ts'
import { Button } from '#web/ui/button.tsx'
import { Select, TextInput } from '#web/ui/field.tsx'
import { useNow } from '#web/ui/now.ts'
import { holds, useLiftHold, usePlaceHold } from '../../data/erasures.ts'
import { useFormKeys } from '../../parts/form-keys.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { exactly, when } from '../../time.ts'
import { type Ground, groundsOfLaw } from './decide-form.tsx'

/** What the law sets against erasing: put down by code, because the security administrator reads no request. */
export function Holds() {
  const { t } = useTranslation()
  const now = useNow()
  const list = useQuery(holds)
  const lift = useLiftHold()
  const [adding, setAdding] = useState(false)
  const items = list.data?.items ?? []
  return (
    <section className="erasure-holds">
      <div className="erasure-head">
        <h2>{t('erasures.holds')}</h2>
        {!adding && (
          <Button small icon={Plus} onClick={() => setAdding(true)}>
            {t('erasures.addHold')}
          </Button>
        )}
      </div>
      {adding && <HoldForm onClose={() => setAdding(false)} />}
      {items.length === 0 && !adding && <p className="note second">{t('erasures.noHolds')}</p>}
      <ul>
        {items.map((one) => (
          <li key={one.id} className="erasure-row">
            <b>{one.code}</b>
            <span>{t(`erasures.ground.${one.ground}`)}</span>
            <span className="words">{one.words}</span>
            <span title={exactly(t, one.setAt)}>
              {t('erasures.setBy', { name: one.setBy, when: when(t, one.setAt, now) })}
            </span>
            <Button small kind="quiet" busy={lift.isPending} onClick={() => lift.mutate(one.id)}>
              {t('erasures.lift')}
            </Button>
          </li>
        ))}
      </ul>
      <ProblemNote error={lift.error} />
    </section>
  )
}

function HoldForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [id] = useState(newId)
  const [code, setCode] = useState('')
  const [ground, setGround] = useState<Ground>('proceedings')
  const [words, setWords] = useState('')
  const [tried, setTried] = useState(false)
  const place = usePlaceHold()
  const form = useFormKeys(onClose)
  const tidy = code.trim().toUpperCase()
  const isCode = /^[A-Z]{2,4}-\d{4}-\d{6}$/.test(tidy)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!isCode || words.trim().length < 4 || place.isPending) return
    place.mutate({ id, code: tidy, ground, words: words.trim() }, { onSuccess: onClose })
  }
  return (
    <form ref={form} className="erasure-form" onSubmit={submit} noValidate aria-label={t('erasures.addHold')}>
      <TextInput
        label={t('erasures.holdCode')}
        error={tried && !isCode && t('erasures.codeMissing')}
        value={code}
        autoComplete="off"
        onChange={(event) => setCode(event.target.value)}
      />
      <Select
        label={t('erasures.groundLabel')}
        value={ground}
        onChange={(event) => setGround(event.target.value as Ground)}
      >
        {groundsOfLaw.map((value) => (
          <option key={value} value={value}>
            {t(`erasures.ground.${value}`)}
          </option>
        ))}
      </Select>
      <TextInput
        label={t('erasures.holdWords')}
        hint={t('erasures.holdHint')}
        error={tried && words.trim().length < 4 && t('erasures.reasonMissing')}
        value={words}
        maxLength={500}
        onChange={(event) => setWords(event.target.value)}
      />
      <ProblemNote error={place.error} />
      <div className="deed-do">
        <Button type="submit" kind="primary" busy={place.isPending}>
          {t('erasures.place')}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {t('deed.cancel')}
        </Button>
      </div>
    </form>
  )
}
