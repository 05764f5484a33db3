import { useInfiniteQuery } from '@tanstack/react-query'
import { ShieldCheck } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { permissions } from '#access/permissions.ts'
import { Button } from '#web/ui/button.tsx'
import { Select, TextInput } from '#web/ui/field.tsx'
import { type AuditFilters, auditList, useVerify } from '../../data/audit.ts'
import { useMay } from '../../data/me.ts'
import { ListStates, MorePages } from '../../parts/list-states.tsx'
import { DateField } from '../../parts/date-field.tsx'
import { useTitle } from '../../parts/title.ts'
import { AuditTable } from './audit-table.tsx'
import { VerifyResult } from './verify-result.tsx'
import './audit.css'

/** The first moment of a day, in the zone of the installation. */
const startOf = (day: string, add = 0) =>
  new Date(Date.parse(`${day}T00:00:00+08:00`) + add * 86_400_000).toISOString()

const isId = (text: string) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(text)

/** Who looked at what and changed what: the ledger as it is, newest first, and whether it is still whole. */
export function AuditPage() {
  const { t } = useTranslation()
  const may = useMay()
  const [actor, setActor] = useState('')
  const [action, setAction] = useState('')
  const [subject, setSubject] = useState('')
  const [from, setFrom] = useState<string>()
  const [until, setUntil] = useState<string>()
  const verify = useVerify()
  const filters: AuditFilters = useDeferredValue({
    ...(actor.trim() && { actor: actor.trim() }),
    ...(action && { action }),
    ...(isId(subject) && { subject }),
    ...(from && { from: startOf(from) }),
    ...(until && { until: startOf(until, 1) }),
  })
  const list = useInfiniteQuery(auditList(filters))
  const entries = list.data?.pages.flatMap((page) => page.items) ?? []
  useTitle(t('nav.audit'))

  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{t('nav.audit')}</h1>
          <p>{t('audit.what')}</p>
        </div>
        {may('audit.verify') && (
          <div className="actions">
            <Button kind="primary" icon={ShieldCheck} busy={verify.isPending} onClick={() => verify.mutate()}>
              {t('audit.verify')}
            </Button>
          </div>
        )}
      </header>
      <VerifyResult verified={verify.data} error={verify.error} />
      <search className="page-filters">
        <TextInput label={t('audit.who')} value={actor} onChange={(event) => setActor(event.target.value)} />
        <Select label={t('audit.action')} value={action} onChange={(event) => setAction(event.target.value)}>
          <option value="">{t('filter.any')}</option>
          {Object.keys(permissions).map((ability) => (
            <option key={ability} value={ability}>
              {t(`audit.actions.${ability.replaceAll('.', '_')}`)}
            </option>
          ))}
        </Select>
        <TextInput
          label={t('audit.subject')}
          error={subject !== '' && !isId(subject) && t('audit.notAnId')}
          value={subject}
          onChange={(event) => setSubject(event.target.value.trim().toLowerCase())}
        />
        <DateField label={t('audit.from')} value={from} onChange={setFrom} />
        <DateField label={t('audit.until')} value={until} onChange={setUntil} />
      </search>
      <ListStates
        list={list}
        count={entries.length}
        failed={t('audit.failed')}
        empty={{ title: t('audit.none'), why: t('audit.noneWhy') }}
        wide
      >
        <AuditTable entries={entries} />
      </ListStates>
      <MorePages list={list} label={t('audit.more')} />
    </div>
  )
}
