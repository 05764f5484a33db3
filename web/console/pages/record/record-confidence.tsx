import { useTranslation } from 'react-i18next'
import type { Organisation } from '#org/contract.ts'
import { Switch } from '#web/ui/field.tsx'
import { OrganisationPicker } from '../../parts/organisation-picker.tsx'

/** RQ10: whoever says it may stay hidden from those it is about. */
export type InConfidence = { confidential: boolean; about: Organisation | undefined }

export const openly: InConfidence = { confidential: false, about: undefined }

/** What goes along with what is recorded. */
export function confidenceOf({ confidential, about }: InConfidence) {
  return confidential ? { confidential, complainedOf: about ? [about.id] : [] } : {}
}

export function RecordConfidence(props: { value: InConfidence; onChange: (value: InConfidence) => void }) {
  const { value, onChange } = props
  const { t } = useTranslation()
  return (
    <section aria-label={t('confidence.tag')}>
      <Switch
        label={t('confidence.switch')}
        on={value.confidential}
        onChange={(confidential) => onChange({ confidential, about: undefined })}
      />
      {value.confidential && (
        <>
          <p className="second">{t('confidence.switchMeans')}</p>
          <OrganisationPicker
            label={t('confidence.whom')}
            placeholder={t('confidence.leftOpen')}
            value={value.about}
            onChange={(about) => onChange({ ...value, about })}
          />
        </>
      )}
    </section>
  )
}
