import { X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Organisation } from '#org/contract.ts'
import { newId } from '#web/api/ids.ts'
import { Button, IconButton } from '#web/ui/button.tsx'
import { Select } from '#web/ui/field.tsx'
import { useMe } from '../../data/me.ts'
import { organisationKinds, useNewOrganisation } from '../../data/org.ts'
import { useFormKeys } from '../../parts/form-keys.ts'
import { PlacePicker } from '../../parts/place-picker.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { OrganisationFields, useOrganisationFields } from './organisation-fields.tsx'

type Props = { onDone: (id: string, name: string) => void; onClose: () => void }

/** A new department, firm or committee. */
export function NewOrganisation({ onDone, onClose }: Props) {
  const { t } = useTranslation()
  const { home } = useMe()
  const [id] = useState(newId)
  const [kind, setKind] = useState<Organisation['kind'] | ''>('')
  const fields = useOrganisationFields({ name: '', shortName: '', phone: '' })
  const { name, shortName, phone } = fields.typed
  const [path, setPath] = useState('')
  const [tried, setTried] = useState(false)
  const add = useNewOrganisation()
  const keys = useFormKeys(onClose)
  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (kind === '' || fields.wrong.name || fields.wrong.phone || add.isPending) return
    add.mutate(
      {
        id,
        kind,
        name: name.trim(),
        shortName: shortName.trim() || name.trim().slice(0, 30),
        path: path || home,
        phone: phone || null,
      },
      { onSuccess: () => onDone(id, name.trim()) },
    )
  }
  return (
    <aside className="pane" aria-label={t('organisations.add')}>
      <header>
        <h2>{t('organisations.add')}</h2>
        <IconButton label={t('pane.close')} icon={X} onClick={onClose} />
      </header>
      <form ref={keys} className="pane-form" onSubmit={submit} noValidate>
        <Select
          label={t('organisations.kind')}
          value={kind}
          error={tried && kind === '' && t('organisations.kindMissing')}
          onChange={(event) => setKind(event.target.value as Organisation['kind'] | '')}
        >
          <option value="">{t('field.choose')}</option>
          {organisationKinds.map((one) => (
            <option key={one} value={one}>
              {t(`organisations.kinds.${one}`)}
            </option>
          ))}
        </Select>
        <OrganisationFields fields={fields} tried={tried} />
        <PlacePicker home={home} value={path || home} onChange={setPath} />
        <ProblemNote error={add.error} />
        <div className="deed-do">
          <Button type="submit" kind="primary" busy={add.isPending}>
            {t('organisations.addDo')}
          </Button>
          <p>{t('organisations.addCause')}</p>
        </div>
      </form>
    </aside>
  )
}
