import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askEmailCode, changeContact, type Contact, proveEmail, removeEmail } from '#web/api/notices.ts'
import { Button } from '#web/ui/button.tsx'
import { Switch, TextInput } from '#web/ui/field.tsx'
import { HowTold } from '#web/ui/told/how-told.tsx'
import { useMutation } from '@tanstack/react-query'
import { contact, useContactChange } from '../../data/notices.ts'
import { problemText } from '../../data/problem.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'

/** How I am told: always here, and by e-mail if I give an address and show that it is mine. */
export function Ways() {
  const { t } = useTranslation()
  const known = useQuery(contact)
  const client = useQueryClient()
  if (!known.data && !known.isError) return null
  return (
    <section>
      <h2>{t('ways.title')}</h2>
      <p className="second">{t('ways.inApp')}</p>
      {known.data?.emailPossible && <Email contact={known.data} />}
      {known.data?.emailPossible === false && <p className="note second">{t('ways.none')}</p>}
      {known.data && (
        <div className="pane-form">
          <HowTold
            door="console"
            known={known.data}
            onChanged={(after) => client.setQueryData(contact.queryKey, after)}
            wordsOf={(error) => problemText(t, error as Error)}
          />
        </div>
      )}
      {known.isError && (
        <>
          <ProblemNote error={known.error} />
          <p>
            <Button small busy={known.isFetching} onClick={() => void known.refetch()}>
              {t('retry', { ns: 'ui' })}
            </Button>
          </p>
        </>
      )}
    </section>
  )
}

function Email({ contact: known }: { contact: Contact }) {
  const { t } = useTranslation()
  const ways = useContactChange((byEmail: boolean) =>
    changeContact({ bySms: known.bySms, byEmail, language: known.language }),
  )
  const remove = useContactChange(() => removeEmail())
  if (!known.email) return <GiveEmail />
  return (
    <div className="pane-form">
      <Switch
        label={t('ways.byEmail', { email: known.email })}
        on={known.byEmail}
        onChange={(on) => ways.mutate(on)}
      />
      <ProblemNote error={ways.error ?? remove.error} />
      <div>
        <Button small kind="quiet" busy={remove.isPending} onClick={() => remove.mutate(undefined)}>
          {t('ways.remove')}
        </Button>
      </div>
    </div>
  )
}

function GiveEmail() {
  const { t } = useTranslation()
  const [email, setEmail] = useState('')
  const [code, setCode] = useState('')
  const ask = useMutation({ mutationFn: () => askEmailCode(email.trim()) })
  const prove = useContactChange((given: string) => proveEmail(given))
  function submit(event: FormEvent) {
    event.preventDefault()
    if (!ask.data) {
      if (email.trim() && !ask.isPending) ask.mutate()
    } else if (/^\d{6}$/.test(code) && !prove.isPending) prove.mutate(code)
  }
  return (
    <form className="pane-form" onSubmit={submit} noValidate>
      <TextInput
        label={t('ways.email')}
        hint={t('ways.emailHint')}
        type="email"
        autoComplete="email"
        value={email}
        maxLength={200}
        disabled={ask.isSuccess}
        onChange={(event) => setEmail(event.target.value)}
      />
      {ask.data && (
        <TextInput
          label={t('ways.code')}
          hint={ask.data.demoCode ? t('ways.demo', { code: ask.data.demoCode }) : t('ways.codeHint')}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={6}
          value={code}
          onChange={(event) => setCode(event.target.value.replaceAll(/\D/g, ''))}
        />
      )}
      <ProblemNote error={ask.error ?? prove.error} />
      <div className="deed-do">
        <Button type="submit" busy={ask.isPending || prove.isPending}>
          {t(ask.data ? 'ways.prove' : 'ways.ask')}
        </Button>
        {ask.data && (
          <Button kind="quiet" onClick={() => ask.reset()}>
            {t('ways.otherAddress')}
          </Button>
        )}
      </div>
    </form>
  )
}
