import { type FormEvent, lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { readMe } from '#web/api/me.ts'
import {
  askEmailCode,
  changeContact,
  type Contact,
  type EmailCodeSent,
  proveEmail,
  readContact,
  removeEmail,
} from '#web/api/notices.ts'
import { Refused } from '#web/api/problem.ts'
import { Button } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { Switch, TextInput } from '#web/ui/field.tsx'
import { Screen, Top } from '#web/ui/screen.tsx'
import { Empty, Failed, Loading, RowBones } from '#web/ui/states.tsx'
import { useRemote } from '../../kept/remote.ts'
import { paths } from '../../paths.ts'
import { spoken } from '../../phone-number.ts'
import { refusalWords } from '../../refusal.ts'
import { useTitle } from '../../title.ts'
import '../mine/mine.css'
import './notices.css'

const HowTold = lazy(async () => ({ default: (await import('#web/ui/told/how-told.tsx')).HowTold }))

/** Null for a browser that the server does not know: there is nobody to tell. */
async function readMyContact(): Promise<Contact | null> {
  return (await readMe()).kind === 'reporter' ? readContact() : null
}

/** How shall we tell you: in the app always, by text message, by e-mail. */
export function ContactPage() {
  const { t } = useTranslation()
  useTitle(t('contact.title'))
  const [, go] = useLocation()
  const [wrong, setWrong] = useState<string>()
  const [busy, setBusy] = useState(false)
  const contact = useRemote('contact', readMyContact)
  const known = contact.value

  const work = async <T,>(deed: () => Promise<T>): Promise<T | undefined> => {
    setBusy(true)
    setWrong(undefined)
    try {
      return await deed()
    } catch (error) {
      setWrong(error instanceof Refused ? refusalWords(error) : t('unreachable'))
      return undefined
    } finally {
      setBusy(false)
    }
  }
  const change = async (deed: () => Promise<Contact>) => {
    const after = await work(deed)
    if (after) contact.put(after)
  }
  const choose = (ways: Partial<Contact>) =>
    known &&
    void change(() =>
      changeContact({
        bySms: known.bySms,
        byEmail: known.byEmail,
        ...ways,
        language: known.language,
      }),
    )

  return (
    <Screen top={<Top title={t('contact.title')} onBack={() => go(paths.mine())} />}>
      {Boolean(contact.error) && (
        <Failed
          what={t('contact.failed')}
          safe={t('safe')}
          onRetry={() => void contact.again()}
          busy={contact.busy}
        />
      )}
      {known === undefined && contact.busy && (
        <Loading>
          <RowBones rows={3} />
        </Loading>
      )}
      {known === null && (
        <Empty title={t('contact.log_in')} why={t('contact.log_in_why')}>
          <Button kind="primary" wide onClick={() => go(paths.logIn())}>
            {t('login.title')}
          </Button>
        </Empty>
      )}
      {known && (
        <>
          <p className="lede">{t('contact.lede')}</p>
          <Card pad className="ways">
            {known.phone && (
              <Switch
                label={t('contact.by_sms', { phone: spoken(known.phone) })}
                on={known.bySms}
                onChange={(bySms) => choose({ bySms })}
              />
            )}
            {known.email && (
              <>
                <Switch
                  label={t('contact.by_email', { email: known.email })}
                  on={known.byEmail}
                  onChange={(byEmail) => choose({ byEmail })}
                />
                <Button kind="quiet" wide busy={busy} onClick={() => void change(removeEmail)}>
                  {t('contact.remove')}
                </Button>
              </>
            )}
            {!known.phone && !known.email && <p className="note">{t('contact.only_here')}</p>}
          </Card>
          {!known.email && known.emailPossible && (
            <GiveEmail work={work} busy={busy} wrong={wrong} onProven={contact.put} />
          )}
          {wrong && (known.email || !known.emailPossible) && (
            <p className="wrong" role="alert">
              {wrong}
            </p>
          )}
          <Suspense
            fallback={
              <Loading>
                <RowBones rows={4} />
              </Loading>
            }
          >
            <Card pad>
              <HowTold
                door="phone"
                known={known}
                onChanged={contact.put}
                wordsOf={(error) => (error instanceof Refused ? refusalWords(error) : t('unreachable'))}
              />
            </Card>
          </Suspense>
        </>
      )}
    </Screen>
  )
}

function GiveEmail({
  work,
  busy,
  wrong,
  onProven,
}: {
  work: <T>(deed: () => Promise<T>) => Promise<T | undefined>
  busy: boolean
  wrong: string | undefined
  onProven: (after: Contact) => void
}) {
  const { t } = useTranslation()
  const [email, setEmail] = useState('')
  const [code, setCode] = useState('')
  const [asked, setAsked] = useState<EmailCodeSent>()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!asked) {
      const sent = email.trim() ? await work(() => askEmailCode(email.trim())) : undefined
      if (sent) setAsked(sent)
      return
    }
    const after = await work(() => proveEmail(code))
    if (after) onProven(after)
  }
  return (
    <form className="form" onSubmit={(event) => void submit(event)} noValidate>
      {asked ? (
        <>
          {asked.demoCode && (
            <Card tone="care" className="demo-code" aria-live="polite">
              {t('contact.demo', { code: asked.demoCode })}
            </Card>
          )}
          <TextInput
            label={t('contact.code')}
            hint={t('contact.code_hint', { email: email.trim() })}
            error={wrong}
            value={code}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={6}
            onChange={(event) => setCode(event.target.value.replaceAll(/\D/g, ''))}
          />
        </>
      ) : (
        <TextInput
          label={t('contact.email')}
          hint={t('contact.email_hint')}
          error={wrong}
          value={email}
          type="email"
          inputMode="email"
          autoComplete="email"
          maxLength={200}
          onChange={(event) => setEmail(event.target.value)}
        />
      )}
      <Button wide type="submit" busy={busy}>
        {t(asked ? 'contact.prove' : 'contact.ask')}
      </Button>
      {asked && (
        <Button kind="quiet" wide onClick={() => setAsked(undefined)}>
          {t('contact.other')}
        </Button>
      )}
    </form>
  )
}
