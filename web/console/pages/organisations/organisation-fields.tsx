import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TextInput } from '#web/ui/field.tsx'
import { isOfficePhone } from '../../data/org.ts'

/** What is typed of an organisation, and what is wrong with it as it stands. */
export function useOrganisationFields(start: { name: string; shortName: string; phone: string }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(start)
  const wrong = {
    name: !typed.name.trim() && t('organisations.nameMissing'),
    phone: typed.phone !== '' && !isOfficePhone(typed.phone) && t('organisations.phoneWrong'),
  }
  return { typed, setTyped, wrong }
}

type Fields = ReturnType<typeof useOrganisationFields>

/** Name, short name and phone of an organisation, new or changed; what is wrong is said once it was tried. */
export function OrganisationFields({
  fields: { typed, setTyped, wrong },
  tried,
  shortNameWrong,
}: {
  fields: Fields
  tried: boolean
  shortNameWrong?: string | false
}) {
  const { t } = useTranslation()
  return (
    <>
      <TextInput
        label={t('organisations.name')}
        maxLength={80}
        value={typed.name}
        error={tried && wrong.name}
        onChange={(event) => setTyped({ ...typed, name: event.target.value })}
      />
      <TextInput
        label={t('organisations.shortName')}
        hint={t('organisations.shortNameHint')}
        maxLength={30}
        value={typed.shortName}
        error={tried && shortNameWrong}
        onChange={(event) => setTyped({ ...typed, shortName: event.target.value })}
      />
      <TextInput
        label={t('organisations.phone')}
        hint={t('organisations.phoneHint')}
        inputMode="tel"
        value={typed.phone}
        error={tried && wrong.phone}
        onChange={(event) => setTyped({ ...typed, phone: event.target.value.trim() })}
      />
    </>
  )
}
