import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { HouseholdPage } from '#handbook/contract.ts'
import { IconButton } from '#web/ui/button.tsx'
import { Door } from '#web/ui/door.tsx'
import { Seal } from '#web/ui/seal.tsx'
import { sayShortDay } from '#web/ui/say-time.ts'
import { CardBones, Failed, Loading, RowBones } from '#web/ui/states.tsx'
import { householdPage, usePhoneReveal } from '../../data/handbook.ts'
import { useMay } from '../../data/me.ts'
import { problemText } from '../../data/problem.ts'
import { RevealNumber } from '../../parts/reveal.tsx'
import { CareSection } from './care-section.tsx'
import { Conflicts } from './conflicts.tsx'
import { doorClass } from './doors.ts'
import { Looks } from './looks.tsx'
import { Members } from './members.tsx'
import { Lived, Requests, Visits } from './past.tsx'
import './pane.css'

/** One household: who lives there, whose duty the door is, care, visits, what it said, who looked. */
export function HouseholdPane({ id, now, onClose }: { id: string; now: string; onClose: () => void }) {
  const { t } = useTranslation()
  const page = useQuery(householdPage(id))
  const pane = useRef<HTMLElement>(null)
  useEffect(() => {
    const escape = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && pane.current?.contains(document.activeElement)) onClose()
    }
    document.addEventListener('keydown', escape)
    return () => document.removeEventListener('keydown', escape)
  }, [onClose])
  return (
    <aside
      className="pane household"
      ref={pane}
      aria-label={page.data ? nameOf(page.data, t('handbook.tenants')) : t('handbook.one')}
    >
      {page.isPending && (
        <Loading>
          <CardBones />
          <RowBones rows={5} />
        </Loading>
      )}
      {page.isError && (
        <Failed
          what={t('handbook.oneFailed')}
          safe={problemText(t, page.error)}
          onRetry={() => void page.refetch()}
          busy={page.isFetching}
        />
      )}
      {page.data && <Whole page={page.data} now={now} onClose={onClose} />}
    </aside>
  )
}

/** The head of the household, who is named in full; rooms that are let go by the first who lives there. */
function nameOf({ household }: HouseholdPage, otherwise: string): string {
  return household.members.find(({ left }) => left === null)?.name ?? otherwise
}

function Whole({ page, now, onClose }: { page: HouseholdPage; now: string; onClose: () => void }) {
  const { t } = useTranslation()
  const may = useMay()
  const { household } = page
  const here = household.members.filter(({ left }) => left === null)
  const away = here.filter((one) => one.away !== null).length
  const head = nameOf(page, t('handbook.tenants'))
  const called = here.find(({ phone }) => phone !== null)
  return (
    <>
      <header>
        <Door number={household.dwelling.number} state={doorClass[page.state]} />
        <div>
          <h2>{t('handbook.family', { family: head })}</h2>
          <p>
            {t('handbook.sum', {
              place: household.place,
              floor: household.dwelling.floor,
              count: here.length,
              here: here.length - away,
            })}
          </p>
        </div>
        <IconButton label={t('pane.close')} icon={X} onClick={onClose} />
      </header>
      {household.liaisons.map((one) => (
        <section className="turn" key={one.id}>
          <Seal name={one.name} />
          <p className="turn-who">
            {t('handbook.liaison', { name: one.name })}
            <small>{plannedWords(page, now)}</small>
          </p>
        </section>
      ))}
      {household.liaisons.length === 0 && (
        <section>
          <p className="muted">{t('handbook.noLiaisonYet')}</p>
        </section>
      )}
      <Conflicts household={household} now={now} />
      {called?.phone && may('household.reveal') && (
        <section>
          <h3>{t('handbook.phone')}</h3>
          <Opened resident={called.id} masked={called.phone} name={called.name} />
        </section>
      )}
      <Members household={household} now={now} />
      <CareSection household={household} now={now} />
      <Visits page={page} now={now} />
      <Requests page={page} now={now} />
      <Lived page={page} now={now} />
      <Looks page={page} now={now} />
    </>
  )

  function plannedWords({ promise, dueOn }: HouseholdPage, at: string): string {
    const day = (value: string) => sayShortDay(t, `${value}T12:00:00+08:00`, at)
    if (promise)
      return t('handbook.promised', {
        day: day(promise.onDay),
        clock: promise.atTime ?? '',
        what: promise.words ?? '',
      })
    return dueOn ? t('handbook.dueOn', { day: day(dueOn) }) : t('handbook.nothingDue')
  }
}

const reasons = ['visit', 'solve', 'urgent', 'other'] as const

function Opened({ resident, masked, name }: { resident: string; masked: string; name: string }) {
  return <RevealNumber masked={masked} name={name} reasons={reasons} reveal={usePhoneReveal(resident)} />
}
