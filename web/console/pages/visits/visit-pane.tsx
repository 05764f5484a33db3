import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { VisitView } from '#visits/visit-contract.ts'
import { IconButton } from '#web/ui/button.tsx'
import { useNow } from '#web/ui/now.ts'
import { CardBones, Failed, Loading } from '#web/ui/states.tsx'
import { Words } from '#web/ui/words.tsx'
import { problemText } from '../../data/problem.ts'
import { oneVisit } from '../../data/visits.ts'
import { paths } from '../../paths.ts'
import { exactly } from '../../time.ts'
import { dayText } from './said.ts'

/** One visit: what was heard, what came of it, what the resident says. Reading it is in the ledger. */
export function VisitPane({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation()
  const query = useQuery(oneVisit(id))
  const visit = query.data
  return (
    <aside className="pane" aria-label={t('visits.one')}>
      <header>
        <div>
          <h2>{visit ? t('visits.doorAt', { door: visit.door ?? t('visits.walk') }) : t('visits.one')}</h2>
          <p>{visit?.place}</p>
        </div>
        <IconButton label={t('pane.close')} icon={X} onClick={onClose} />
      </header>
      {query.isPending && (
        <Loading>
          <CardBones />
        </Loading>
      )}
      {query.isError && (
        <Failed
          what={t('visits.failedVisit')}
          safe={problemText(t, query.error)}
          onRetry={() => void query.refetch()}
        />
      )}
      {visit && <Told visit={visit} />}
    </aside>
  )
}

function Told({ visit }: { visit: VisitView }) {
  const { t } = useTranslation()
  const now = useNow()
  const { words, opinion, voices, tasks, requests, promise, confirmation, spot } = visit
  return (
    <>
      <section>
        <h3>{t('visits.went')}</h3>
        <p>
          {t('visits.wentLine', {
            name: visit.person.name,
            day: dayText(t, visit.onDay, now),
            outcome: t(`visits.outcomes.${visit.outcome}`),
          })}
        </p>
        {visit.for && <p className="note second">{t('visits.for', { name: visit.for.name })}</p>}
        {visit.how && <p>{t(`visits.how.${visit.how}`)}</p>}
        <p className="note second">{t('visits.arrived', { at: exactly(t, visit.at) })}</p>
      </section>
      {(words ?? opinion ?? voices[0]) && (
        <section>
          <h3>{t('visits.heard')}</h3>
          {words && <Words>{words}</Words>}
          {opinion && (
            <>
              <p className="label">{t('visits.opinion')}</p>
              <Words>{opinion}</Words>
            </>
          )}
          {voices.map((voice) => (
            // What somebody said at the door has no transcript; the words above are what the visitor wrote down.
            <audio key={voice} controls preload="none" src={`/api/visits/${visit.id}/voices/${voice}`}>
              <track kind="captions" />
            </audio>
          ))}
        </section>
      )}
      {requests.length > 0 && (
        <section>
          <h3>{t('visits.became')}</h3>
          {requests.map(({ id, code }) => (
            <p key={id}>
              <Link to={paths.inbox} params={{ id }} search={{ queue: 'all' }}>
                {code}
              </Link>
            </p>
          ))}
        </section>
      )}
      {tasks.length > 0 && (
        <section>
          <h3>{t('visits.answered')}</h3>
          {tasks.map((task) => (
            <p key={task.id}>
              {t('visits.answeredLine', { rule: task.rule, what: t(`visits.entry.${task.kind}`) })}
            </p>
          ))}
        </section>
      )}
      {promise && (
        <section>
          <h3>{t('visits.promise')}</h3>
          <p>
            {t('visits.promiseLine', {
              day: dayText(t, promise.onDay, now),
              time: promise.atTime ?? '',
              state: t(`visits.promiseState.${promise.state}`),
            })}
          </p>
          {promise.words && <p className="note second">{promise.words}</p>}
        </section>
      )}
      <section>
        <h3>{t('visits.resident')}</h3>
        {confirmation?.answer ? (
          <>
            <p>{t(`visits.word.${confirmation.answer}`)}</p>
            {confirmation.words && <Words>{confirmation.words}</Words>}
            <p className="note second">{t(`visits.way.${confirmation.way}`)}</p>
          </>
        ) : (
          <p className="note second">{t(confirmation ? 'visits.word.asked' : 'visits.word.never')}</p>
        )}
        {spot && (
          <p>
            {spot.result
              ? t(`visits.spot.${spot.result}`)
              : t('visits.spot.drawn', { day: dayText(t, spot.day, now) })}
          </p>
        )}
      </section>
    </>
  )
}
