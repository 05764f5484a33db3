import { X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Organisation } from '#org/contract.ts'
import { Button, IconButton } from '#web/ui/button.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { useAreaNames } from '../../data/areas.ts'
import { useMay } from '../../data/me.ts'
import { useOrganisationChange } from '../../data/org.ts'
import { useFormKeys } from '../../parts/form-keys.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { OrganisationFields, useOrganisationFields } from './organisation-fields.tsx'

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
  const fields = useOrganisationFields({
    name: organisation.name,
    shortName: organisation.shortName,
    phone: organisation.phone ?? '',
  })
  const { name, shortName, phone } = fields.typed
  const [tried, setTried] = useState(false)
  const [ending, setEnding] = useState(false)
  const change = useOrganisationChange(organisation)
  const keys = useFormKeys(onClose)
  const shortNameWrong = !shortName.trim() && t('organisations.nameMissing')
  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (fields.wrong.name || shortNameWrong || fields.wrong.phone || change.isPending) return
    change.mutate(
      { name: name.trim(), shortName: shortName.trim(), phone: phone || null },
      { afterwards: () => tell(t('organisations.saved')) },
    )
  }
  return (
    <section>
      <form ref={keys} className="pane-form" onSubmit={submit} noValidate>
        <OrganisationFields fields={fields} tried={tried} shortNameWrong={shortNameWrong} />
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
                      afterwards: () => tell(t('organisations.ended')),
                      onSuccess: onClose,
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
