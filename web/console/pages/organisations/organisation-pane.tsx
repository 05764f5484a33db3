import { X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Organisation } from '#org/contract.ts'
import { Button, IconButton } from '#web/ui/button.tsx'
import { TextInput } from '#web/ui/field.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { useAreaNames } from '../../data/areas.ts'
import { useMay } from '../../data/me.ts'
import { isOfficePhone, useOrganisationChange } from '../../data/org.ts'
import { useFormKeys } from '../../parts/form-keys.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'

type Props = { organisation: Organisation; onClose: () => void }

/** One organisation: where it serves, and what may be changed of it. */
export function OrganisationPane({ organisation, onClose }: Props) {
  const { t } = useTranslation()
  const may = useMay()
  const area = useAreaNames(organisation.path)
  return (
    <aside className="pane" aria-label={organisation.name}>
      <header>
        <div>
          <h2>{organisation.name}</h2>
          <p>{area.join(' / ')}</p>
        </div>
        <IconButton label={t('pane.close')} icon={X} onClick={onClose} />
      </header>
      {may('organisation.change') && <ChangeForm organisation={organisation} onClose={onClose} />}
    </aside>
  )
}

function ChangeForm({ organisation, onClose }: Props) {
  const { t } = useTranslation()
  const tell = useToast()
  const [name, setName] = useState(organisation.name)
  const [shortName, setShortName] = useState(organisation.shortName)
  const [phone, setPhone] = useState(organisation.phone ?? '')
  const [tried, setTried] = useState(false)
  const [ending, setEnding] = useState(false)
  const change = useOrganisationChange(organisation)
  const keys = useFormKeys(onClose)
  const wrong = {
    name: !name.trim() && t('organisations.nameMissing'),
    shortName: !shortName.trim() && t('organisations.nameMissing'),
    phone: phone !== '' && !isOfficePhone(phone) && t('organisations.phoneWrong'),
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (wrong.name || wrong.shortName || wrong.phone || change.isPending) return
    change.mutate(
      { name: name.trim(), shortName: shortName.trim(), phone: phone || null },
      { onSuccess: () => tell(t('organisations.saved')) },
    )
  }
  return (
    <section>
      <form ref={keys} className="pane-form" onSubmit={submit} noValidate>
        <TextInput
          label={t('organisations.name')}
          maxLength={80}
          value={name}
          error={tried && wrong.name}
          onChange={(event) => setName(event.target.value)}
        />
        <TextInput
          label={t('organisations.shortName')}
          hint={t('organisations.shortNameHint')}
          maxLength={30}
          value={shortName}
          error={tried && wrong.shortName}
          onChange={(event) => setShortName(event.target.value)}
        />
        <TextInput
          label={t('organisations.phone')}
          hint={t('organisations.phoneHint')}
          inputMode="tel"
          value={phone}
          error={tried && wrong.phone}
          onChange={(event) => setPhone(event.target.value.trim())}
        />
        <ProblemNote error={change.error} />
        <div className="deed-do">
          <Button type="submit" kind="primary" busy={change.isPending}>
            {t('organisations.save')}
          </Button>
          <p>{t('organisations.cause')}</p>
        </div>
      </form>
      {!organisation.deskLevel && (
        <div className="deed-do">
          {ending ? (
            <>
              <Button
                busy={change.isPending}
                onClick={() =>
                  change.mutate(
                    { active: false },
                    {
                      onSuccess: () => {
                        tell(t('organisations.ended'))
                        onClose()
                      },
                    },
                  )
                }
              >
                {t('organisations.endSure')}
              </Button>
              <p>{t('organisations.endCause')}</p>
            </>
          ) : (
            <Button kind="quiet" onClick={() => setEnding(true)}>
              {t('organisations.end')}
            </Button>
          )}
        </div>
      )}
    </section>
  )
}
