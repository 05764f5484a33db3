import { useNavigate } from '@tanstack/react-router'
import { FileDown } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { freeRows, mostRows } from '#exchange/exports/limits.ts'
import { newId } from '#web/api/ids.ts'
import { Button } from '#web/ui/button.tsx'
import { SegmentedChoice, TextInput } from '#web/ui/field.tsx'
import { Sheet } from '#web/ui/sheet.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { fileAddress, useAskExport } from '../../data/exports.ts'
import { useMay } from '../../data/me.ts'
import type { Filters } from '../../data/requests.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { paths } from '../../paths.ts'

/** Takes the list as it is filtered out of the product: with a reason, and above a hundred with somebody's word. */
export function ExportList({ filters }: { filters: Filters }) {
  const { t } = useTranslation()
  const may = useMay()
  const [open, setOpen] = useState(false)
  // What a search found is not a list that a second person could look at again.
  if (!may('export.make') || filters.q) return null
  return (
    <>
      <Button small kind="quiet" icon={FileDown} onClick={() => setOpen(true)}>
        {t('exports.open')}
      </Button>
      <Sheet title={t('exports.open')} open={open} onClose={() => setOpen(false)}>
        <Form filters={filters} onDone={() => setOpen(false)} />
      </Sheet>
    </>
  )
}

const formats = ['xlsx', 'csv'] as const

function Form({ filters, onDone }: { filters: Filters; onDone: () => void }) {
  const { t } = useTranslation()
  const tell = useToast()
  const navigate = useNavigate()
  const ask = useAskExport()
  const [id] = useState(newId)
  const [format, setFormat] = useState<(typeof formats)[number]>('xlsx')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const missing = reason.trim().length < 4
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (missing || ask.isPending) return
    const { q: _, ...query } = filters
    ask.mutate(
      { id, query: query as Parameters<typeof ask.mutate>[0]['query'], format, reason: reason.trim() },
      {
        onSuccess: (made) => {
          onDone()
          if (made.state === 'ready') {
            location.assign(fileAddress(made.id))
            tell(t('exports.ready', { count: made.rows }))
          } else void navigate({ to: paths.exports })
        },
      },
    )
  }
  return (
    <form className="save-view" onSubmit={submit} noValidate>
      <SegmentedChoice
        legend={t('exports.format')}
        value={format}
        options={formats.map((value) => ({ value, label: t(`exports.formatName.${value}`) }))}
        onChange={setFormat}
      />
      <TextInput
        label={t('exports.reason')}
        hint={t('exports.reasonHint')}
        error={tried && missing ? t('exports.reasonMissing') : undefined}
        value={reason}
        maxLength={200}
        onChange={(event) => setReason(event.target.value)}
      />
      <p className="note second">{t('exports.rule', { free: freeRows, most: mostRows })}</p>
      <ProblemNote error={ask.error} />
      <Button kind="primary" type="submit" busy={ask.isPending}>
        {t('exports.do')}
      </Button>
    </form>
  )
}
