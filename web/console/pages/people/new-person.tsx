import { X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '#web/api/ids.ts'
import { Button, IconButton } from '#web/ui/button.tsx'
import { TextInput } from '#web/ui/field.tsx'
import { addPerson, usePeopleChange } from '../../data/people.ts'
import { useFormKeys } from '../../parts/form-keys.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'

/** A new person; posts come afterwards, from whoever may give them. */
export function NewPerson({
  onDone,
  onClose,
}: {
  onDone: (id: string, name: string) => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const [id] = useState(newId)
  const [name, setName] = useState('')
  const [phone, setPhone] = useState('')
  const [login, setLogin] = useState('')
  const [tried, setTried] = useState(false)
  const add = usePeopleChange(addPerson)
  const keys = useFormKeys(onClose)

  const wrong = {
    name: !name.trim() && t('people.nameMissing'),
    phone: phone !== '' && !/^(1\d{10}|0\d{2,3}-?\d{7,8})$/.test(phone) && t('people.phoneWrong'),
    login: login !== '' && !/^[A-Za-z0-9][A-Za-z0-9._-]{1,39}$/.test(login) && t('people.loginWrong'),
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (wrong.name || wrong.phone || wrong.login || add.isPending) return
    add.mutate(
      { id, name, workPhone: phone || null, login: login || null },
      { onSuccess: () => onDone(id, name.trim()) },
    )
  }

  return (
    <aside className="pane" aria-label={t('people.add')}>
      <header>
        <h2>{t('people.add')}</h2>
        <IconButton label={t('pane.close')} icon={X} onClick={onClose} />
      </header>
      <form ref={keys} className="pane-form" onSubmit={submit} noValidate>
        <TextInput
          label={t('people.name')}
          maxLength={40}
          value={name}
          error={tried && wrong.name}
          onChange={(event) => setName(event.target.value)}
        />
        <TextInput
          label={t('people.phone')}
          hint={t('people.phoneHint')}
          value={phone}
          error={tried && wrong.phone}
          onChange={(event) => setPhone(event.target.value.trim())}
        />
        <TextInput
          label={t('people.login')}
          hint={t('people.loginHint')}
          autoCapitalize="none"
          spellCheck={false}
          value={login}
          error={tried && wrong.login}
          onChange={(event) => setLogin(event.target.value.trim())}
        />
        <ProblemNote error={add.error} />
        <div className="deed-do">
          <Button type="submit" kind="primary" busy={add.isPending}>
            {t('people.addDo')}
          </Button>
          <p>{t('people.addCause')}</p>
        </div>
      </form>
    </aside>
  )
}
