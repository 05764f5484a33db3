import { EyeOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { organisationsServing } from '#web/api/places.ts'
import { Select, Switch } from '#web/ui/field.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { changeDraft, type Draft } from '../../kept/draft.ts'
import { useRemote } from '../../kept/remote.ts'

/** RQ10: one switch, one sentence what it means, and of whom it is. Left open, nobody but the desk learns who says it. */
export function Confidence({ draft }: { draft: Draft }) {
  const { t } = useTranslation()
  return (
    <div className="row confide">
      <Icon of={EyeOff} />
      <div className="grow">
        <Switch
          label={t('confide.switch')}
          on={draft.confidential}
          onChange={(confidential) => changeDraft({ confidential, about: '' })}
        />
        {draft.confidential && (
          <>
            <p className="tiny second">{t('confide.means')}</p>
            {draft.path && <Whom path={draft.path} about={draft.about} />}
          </>
        )}
      </div>
    </div>
  )
}

function Whom({ path, about }: { path: string; about: string }) {
  const { t } = useTranslation()
  const serving = useRemote(`serving.${path}`, (signal) => organisationsServing(path, signal))
  const items = serving.value?.items ?? []
  return (
    <Select
      label={t('confide.whom')}
      hint={t(about ? 'confide.named' : 'confide.unnamed')}
      value={items.some((one) => one.id === about) ? about : ''}
      onChange={(event) => changeDraft({ about: event.target.value })}
    >
      <option value="">{t('confide.open')}</option>
      {items.map((one) => (
        <option key={one.id} value={one.id}>
          {one.name}
        </option>
      ))}
    </Select>
  )
}
