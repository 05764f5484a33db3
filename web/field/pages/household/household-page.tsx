import { ChevronRight, CloudUpload, NotebookPen, PencilLine } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { Card } from '#web/ui/card.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { useNow } from '#web/ui/now.ts'
import { sayDate, sayShortDay } from '#web/ui/say-time.ts'
import { Bar, Screen, Top } from '#web/ui/screen.tsx'
import { Empty, Loading } from '#web/ui/states.tsx'
import { Tag } from '#web/ui/tag.tsx'
import { Words } from '#web/ui/words.tsx'
import { useBook } from '../../kept/book.ts'
import { noteRead } from '../../kept/reads.ts'
import type { Household } from '../../kept/overlay.ts'
import { householdById, ownRequests, promised, toVisit, units } from '../../kept/views.ts'
import { ageOf, line, whereIs } from '../../parts/calling.ts'
import { DayTag } from '../../parts/day-tag.tsx'
import { HouseholdHead } from '../../parts/household-head.tsx'
import { paths } from '../../paths.ts'
import { useTitle } from '../../title.ts'
import { Member } from './member.tsx'
import './household.css'

/** So many visits stand open. */
const inSight = 5

function Waits({ household }: { household: Household }) {
  const { t } = useTranslation()
  const now = useNow()
  const promises = promised([household], now)
  const tasks = toVisit([household], now)
  if (promises.length + tasks.length === 0) return null
  return (
    <Card className="rows">
      {promises.map((one) => (
        <div key={one.promise}>
          <p className="grow">
            {t('household.promised')}
            {one.words && <small>{one.words}</small>}
          </p>
          <DayTag {...one} />
        </div>
      ))}
      {tasks.map((one) => (
        <div key={one.task}>
          <p className="grow">
            {one.title}
            {one.tries > 0 && <small>{t('today.tries', { count: one.tries })}</small>}
          </p>
          <DayTag {...one} />
        </div>
      ))}
    </Card>
  )
}

function Visits({ household }: { household: Household }) {
  const { t } = useTranslation()
  const now = useNow()
  return (
    <section aria-label={t('household.visits')}>
      <div className="sec">
        <h2>
          {t('household.visits')} <b>{household.visits.length}</b>
        </h2>
      </div>
      {household.visits.length === 0 ? (
        <p className="none">{t('household.no_visits')}</p>
      ) : (
        <Card className="rows visits">
          {household.visits.slice(0, inSight).map((visit) => (
            <div key={visit.id}>
              <span className="when">{sayShortDay(t, `${visit.on}T04:00:00.000Z`, now)}</span>
              <p className="grow">
                {t(`outcome.${visit.outcome}`)}
                {visit.by && (
                  <>
                    {t('comma')}
                    {visit.by}
                  </>
                )}
                {visit.words && (
                  <small>
                    <Words>{visit.words}</Words>
                  </small>
                )}
              </p>
            </div>
          ))}
        </Card>
      )}
    </section>
  )
}

/** One household: who lives there, whom one looks in on and why, what was, what waits. */
export function HouseholdPage({ id }: { id: string }) {
  const { t } = useTranslation(['field', 'requests'])
  const book = useBook()
  const now = useNow()
  const [, go] = useLocation()
  const household = householdById(book, id)
  const known = household !== undefined
  useTitle(household ? household.door.number : t('households.title'))
  useEffect(() => {
    // What is looked at without a line is told too, so that the resident can read who looked (boundary 4).
    if (known) void noteRead(id)
  }, [known, id])
  const back = () => go(paths.households())
  if (!household)
    return (
      <Screen top={<Top title={t('households.title')} onBack={back} />}>
        {book.ready ? <Empty title={t('household.gone')} why={t('household.gone_why')} /> : <Loading />}
      </Screen>
    )
  const requests = ownRequests(book).filter((one) => one.household === id)
  return (
    <Screen
      top={<HouseholdHead household={household} onBack={back} />}
      bar={
        <Bar>
          <Link className="btn primary wide" href={paths.visit(id)}>
            <Icon of={PencilLine} />
            {t('nav.visit')}
          </Link>
        </Bar>
      }
    >
      <p className="where second">
        {line(t, [
          whereIs(units(book), household.path),
          t('households.floor', { floor: household.door.floor }),
          household.movedIn &&
            t('household.since', { day: sayDate(t, `${household.movedIn}T04:00:00.000Z`, now) }),
        ])}
      </p>
      {household.standsInFor && (
        <p className="none">{t('household.stands_in', { name: household.standsInFor })}</p>
      )}
      {household.pending && (
        <p className="pending">
          <Tag tone="care" icon={CloudUpload}>
            {t('household.pending')}
          </Tag>
        </p>
      )}
      {household.note && (
        <Card pad tone="care">
          <p>{household.note}</p>
        </Card>
      )}
      {household.conflicts.length > 0 && (
        <Link className="card to-choose" href={paths.conflicts()}>
          {t('today.conflicts', { count: household.conflicts.length })}
        </Link>
      )}
      <Waits household={household} />
      <section aria-label={t('household.who')}>
        <div className="sec">
          <h2>
            {t('household.who')} <b>{household.members.length}</b>
          </h2>
          <Link href={paths.edit(id)}>
            <Icon of={NotebookPen} size="s" />
            {t('edit.do')}
          </Link>
        </div>
        <Card className="rows">
          {household.members.map((member) => (
            <Member
              key={member.id}
              member={member}
              age={ageOf(member.birthYear, now)}
              care={household.care.filter(({ resident }) => resident === member.id)}
            />
          ))}
        </Card>
      </section>
      <Visits household={household} />
      {requests.length > 0 && (
        <section aria-label={t('household.requests')}>
          <div className="sec">
            <h2>
              {t('household.requests')} <b>{requests.length}</b>
            </h2>
          </div>
          <Card className="rows">
            {requests.map((one) => (
              <div key={one.id}>
                <p className="grow">
                  {one.title}
                  <small className="nb">{one.code}</small>
                </p>
                <Tag>{t(`state.${one.state}`, { ns: 'requests' })}</Tag>
              </div>
            ))}
          </Card>
        </section>
      )}
      <Link className="change" href={paths.edit(id)}>
        <Icon of={NotebookPen} />
        <span className="grow">{t('edit.way')}</span>
        <Icon of={ChevronRight} size="s" />
      </Link>
    </Screen>
  )
}
