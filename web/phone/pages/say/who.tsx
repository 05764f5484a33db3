import { Phone } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { TextInput } from '#web/ui/field.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { Sheet } from '#web/ui/sheet.tsx'
import { changeDraft, type Draft } from '../../kept/draft.ts'
import { digits, isPhone, spoken } from '../../phone-number.ts'

/** Who says it. Offered, never demanded: without a phone the code alone finds the request, on this phone. */
export function Who({ draft }: { draft: Draft }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const [wrong, setWrong] = useState(false)
  const known = [draft.name, draft.phone && spoken(draft.phone)].filter(Boolean).join(t('comma'))
  // In confidence a code opens nothing; the number itself does.
  const use = !draft.phone ? 'who.without' : draft.confidential ? 'who.with_confided' : 'who.with'
  const done = () => {
    const bad = draft.phone !== '' && !isPhone(draft.phone)
    setWrong(bad)
    if (!bad) setOpen(false)
  }
  return (
    <div className="row">
      <Icon of={Phone} />
      <div className="grow">
        <p>{known || t('who.ask')}</p>
        <small>{t(use)}</small>
      </div>
      <Button kind="link" onClick={() => setOpen(true)}>
        {t(known ? 'change' : 'fill')}
      </Button>
      <Sheet
        title={t('who.title')}
        open={open}
        onClose={done}
        footer={
          <Button kind="primary" wide onClick={done}>
            {t('done')}
          </Button>
        }
      >
        <TextInput
          label={t('who.name')}
          hint={t('who.name_hint')}
          value={draft.name}
          maxLength={40}
          autoComplete="name"
          onChange={(event) => changeDraft({ name: event.target.value })}
        />
        <TextInput
          label={t('who.phone')}
          hint={t('who.phone_hint')}
          error={wrong ? t('phone_wrong') : undefined}
          value={draft.phone}
          type="tel"
          inputMode="tel"
          autoComplete="tel-national"
          onChange={(event) => changeDraft({ phone: digits(event.target.value) })}
        />
      </Sheet>
    </div>
  )
}
