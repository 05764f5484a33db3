import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { Printer } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Print } from '#handbook/contract.ts'
import { newId } from '#web/api/ids.ts'
import { Button } from '#web/ui/button.tsx'
import { Select, Switch, TextInput } from '#web/ui/field.tsx'
import { useNow } from '#web/ui/now.ts'
import { buildingAt, printHandbook } from '../../data/handbook.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { useTitle } from '../../parts/title.ts'
import { paths } from '../../paths.ts'
import { Sections } from '../households/sections.tsx'
import { DrawnSheet, HouseholdSheets } from './sheets.tsx'
import './print.css'

/** The handbook on paper: what for is asked first, stands on every sheet, and can be read by whoever lives there. */
export function PrintPage() {
  const { t } = useTranslation()
  const now = useNow()
  const { path = '' } = useSearch({ from: `/inside${paths.print}` })
  const building = useQuery(buildingAt(path))
  const [unit, setUnit] = useState('')
  const [pages, setPages] = useState(true)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const made = useMutation<Print>({
    mutationFn: () =>
      printHandbook({
        id: newId(),
        building: path,
        ...(unit && { unit }),
        pages,
        reason: reason.trim(),
      }),
  })
  useTitle(t('prints.title'))
  const missing = reason.trim().length < 2
  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (!missing && !made.isPending) made.mutate()
  }
  return (
    <div className="page">
      <Sections path={path} />
      <header className="page-head flush">
        <div>
          <h1>{t('prints.title')}</h1>
          <p>
            <Link className="crumb" to={paths.households} search={{ path }}>
              {building.data?.place ?? t('handbook.buildings')}
            </Link>
          </p>
        </div>
        {made.data && (
          <div className="actions">
            <Button onClick={() => made.reset()}>{t('prints.again')}</Button>
            <Button kind="primary" icon={Printer} onClick={() => print()}>
              {t('prints.print')}
            </Button>
          </div>
        )}
      </header>
      {!made.data && (
        <form className="print-form no-print" onSubmit={submit} noValidate>
          <Select label={t('prints.unit')} value={unit} onChange={(event) => setUnit(event.target.value)}>
            <option value="">{t('prints.whole')}</option>
            {building.data?.units.map((one) => (
              <option key={one.path} value={one.path}>
                {one.name}
              </option>
            ))}
          </Select>
          <Switch label={t('prints.pages')} on={pages} onChange={setPages} />
          <TextInput
            label={t('prints.reason')}
            hint={t('prints.reasonHint')}
            value={reason}
            maxLength={200}
            error={tried && missing && t('prints.reasonMissing')}
            onChange={(event) => setReason(event.target.value)}
          />
          <ProblemNote error={made.error} />
          <div className="deed-do">
            <Button type="submit" kind="primary" busy={made.isPending}>
              {t('prints.make')}
            </Button>
            <p>{t('prints.cause')}</p>
          </div>
        </form>
      )}
      {made.data && (
        <div className="sheets">
          <DrawnSheet print={made.data} now={now} />
          <HouseholdSheets print={made.data} now={now} />
        </div>
      )}
    </div>
  )
}
