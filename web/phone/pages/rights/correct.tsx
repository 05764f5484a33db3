import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { correctName, correctPhone } from '#web/api/erasure.ts'
import { askPhoneCode, type CodeSent, type Me } from '#web/api/me.ts'
import { Refused } from '#web/api/problem.ts'
import { Button } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { TextInput } from '#web/ui/field.tsx'
import { Sheet } from '#web/ui/sheet.tsx'
import { digits, isPhone, spoken } from '../../phone-number.ts'
import { refusalWords } from '../../refusal.ts'

/** Who I am to the office: shown in full, and put right here. */
export function Correct({ me, onChange }: { me: Me; onChange: () => void }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<'name' | 'phone'>()
  const { reporter } = me
  const close = () => setOpen(undefined)
  const done = () => {
    close()
    onChange()
  }
  const rows = [
    ['name', reporter?.name],
    ['phone', reporter?.phone && spoken(reporter.phone)],
  ] as const
  return (
    <>
      <Card className="rows">
        {rows.map(([what, value]) => (
          <div key={what}>
            <p className="grow">
              {value ?? t('rights.none')}
              <small>{t(`rights.${what}`)}</small>
            </p>
            <Button kind="quiet" small onClick={() => setOpen(what)}>
              {t('rights.correct')}
            </Button>
          </div>
        ))}
        {reporter?.home && (
          <div>
            <p className="grow">
              {reporter.home.name}
              <small>{t('rights.home')}</small>
            </p>
          </div>
        )}
      </Card>
      <Sheet title={t('rights.correct_name')} open={open === 'name'} onClose={close}>
        <NameForm before={reporter?.name ?? ''} onDone={done} />
      </Sheet>
      <Sheet title={t('rights.correct_phone')} open={open === 'phone'} onClose={close}>
        <PhoneForm onDone={done} />
      </Sheet>
    </>
  )
}

function useWork() {
  const { t } = useTranslation()
  const [wrong, setWrong] = useState<string>()
  const [busy, setBusy] = useState(false)
  const work = async (deed: () => Promise<void>) => {
    setBusy(true)
    setWrong(undefined)
    try {
      await deed()
    } catch (failure) {
      setWrong(failure instanceof Refused ? refusalWords(failure) : t('unreachable'))
    } finally {
      setBusy(false)
    }
  }
  return { wrong, setWrong, busy, work }
}

function NameForm({ before, onDone }: { before: string; onDone: () => void }) {
  const { t } = useTranslation()
  const [name, setName] = useState(before)
  const { wrong, setWrong, busy, work } = useWork()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!name.trim()) return setWrong(t('rights.name_missing'))
    void work(async () => {
      await correctName(name.trim())
      onDone()
    })
  }
  return (
    <form className="form" onSubmit={submit} noValidate>
      <TextInput
        label={t('rights.name')}
        error={wrong}
        value={name}
        maxLength={40}
        autoComplete="name"
        onChange={(event) => setName(event.target.value)}
      />
      <Button kind="primary" wide type="submit" busy={busy}>
        {t('rights.save')}
      </Button>
    </form>
  )
}

function PhoneForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const [phone, setPhone] = useState('')
  const [code, setCode] = useState('')
  const [asked, setAsked] = useState<CodeSent>()
  const { wrong, setWrong, busy, work } = useWork()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isPhone(phone)) return setWrong(t('phone_wrong'))
    if (!asked) return void work(async () => setAsked(await askPhoneCode(phone)))
    if (!/^\d{6}$/.test(code)) return setWrong(t('login.code_wrong'))
    void work(async () => {
      await correctPhone(phone, code)
      onDone()
    })
  }
  return (
    <form className="form" onSubmit={submit} noValidate>
      {asked ? (
        <>
          <p className="lede">{t('login.sent', { phone: spoken(phone) })}</p>
          {asked.demoCode && (
            <Card tone="care" className="demo-code" aria-live="polite">
              {t('login.demo', { code: asked.demoCode })}
            </Card>
          )}
          <TextInput
            label={t('login.code')}
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
          label={t('rights.new_phone')}
          error={wrong}
          value={phone}
          type="tel"
          inputMode="tel"
          autoComplete="tel-national"
          onChange={(event) => setPhone(digits(event.target.value))}
        />
      )}
      <Button kind="primary" wide type="submit" busy={busy}>
        {t(asked ? 'rights.save' : 'login.ask')}
      </Button>
    </form>
  )
}
