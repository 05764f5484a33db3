import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { Switch, TextInput } from '#web/ui/field.tsx'
import { Sheet } from '#web/ui/sheet.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { newId } from '#web/api/ids.ts'
import { useMe } from '../../data/me.ts'
import { problemText } from '../../data/problem.ts'
import type { Filters } from '../../data/requests.ts'
import { useKeepView } from '../../data/views.ts'

const longest = 20

/** Gives the search of this page a name of its own, for me or for everybody of my organisation. */
export function SaveView({
  open,
  filters,
  onClose,
}: {
  open: boolean
  filters: Filters
  onClose: () => void
}) {
  const { t } = useTranslation()
  return (
    <Sheet title={t('views.title')} open={open} onClose={onClose}>
      <Form filters={filters} onDone={onClose} />
    </Sheet>
  )
}

function Form({ filters, onDone }: { filters: Filters; onDone: () => void }) {
  const { t } = useTranslation()
  const tell = useToast()
  const { posts } = useMe()
  const organisation = posts[0]?.organisation
  const keep = useKeepView()
  const [id] = useState(newId)
  const [name, setName] = useState((filters.q ?? '').slice(0, longest))
  const [shared, setShared] = useState(false)
  const [missing, setMissing] = useState(false)

  function save() {
    const given = name.trim()
    setMissing(!given)
    if (!given || keep.isPending) return
    const view = {
      id,
      name: given,
      query: filters,
      organisation: shared && organisation ? organisation.id : null,
    }
    keep.mutate(view, {
      onSuccess: () => {
        tell(t('views.saved', { name: given }))
        onDone()
      },
    })
  }
  return (
    <form
      className="save-view"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <TextInput
        label={t('views.name')}
        hint={t('views.nameHint')}
        error={missing ? t('views.nameMissing') : keep.isError ? problemText(t, keep.error) : undefined}
        value={name}
        maxLength={longest}
        onChange={(event) => setName(event.target.value)}
      />
      {organisation && (
        <Switch
          label={t('views.share', { organisation: organisation.name })}
          on={shared}
          onChange={setShared}
        />
      )}
      <Button kind="primary" type="submit" busy={keep.isPending}>
        {t('views.do')}
      </Button>
    </form>
  )
}
