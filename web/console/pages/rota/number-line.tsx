import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { TextInput } from '#web/ui/field.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { type Rota, useNumber } from '../../data/rota.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'

/** RT9: the number that is answered whoever is on duty, and the change of it. */
export function NumberLine({ rota }: { rota: Rota }) {
  const { t } = useTranslation()
  const [editing, setEditing] = useState(false)
  if (editing) return <NumberForm rota={rota} onDone={() => setEditing(false)} />
  return (
    <p className="rota-answered">
      <span>
        {rota.phone
          ? t('rota.number', { name: rota.organisation.name, phone: rota.phone })
          : t('rota.noNumber', { name: rota.organisation.name })}
      </span>
      {rota.mayChange && (
        <Button kind="link" onClick={() => setEditing(true)}>
          {t('rota.changeNumber')}
        </Button>
      )}
    </p>
  )
}

function NumberForm({ rota, onDone }: { rota: Rota; onDone: () => void }) {
  const { t } = useTranslation()
  const tell = useToast()
  const [phone, setPhone] = useState(rota.phone ?? '')
  const change = useNumber()
  function submit(event: FormEvent) {
    event.preventDefault()
    if (change.isPending) return
    change.mutate(
      { organisation: rota.organisation.id, phone: phone.trim() || null, version: rota.version },
      {
        afterwards: () => tell(t('rota.numberSaved')),
        onSuccess: onDone,
      },
    )
  }
  return (
    <form className="rota-number" onSubmit={submit} noValidate>
      <TextInput
        label={t('rota.numberField')}
        hint={t('rota.numberHint')}
        inputMode="tel"
        value={phone}
        maxLength={13}
        onChange={(event) => setPhone(event.target.value)}
      />
      <ProblemNote error={change.error} />
      <div>
        <Button small type="submit" busy={change.isPending}>
          {t('rota.saveNumber')}
        </Button>
        <Button small kind="quiet" onClick={onDone}>
          {t('deed.cancel')}
        </Button>
      </div>
    </form>
  )
}
