import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '#web/ui/button.tsx'
import { useNow } from '#web/ui/now.ts'
import { useStillHere } from '#web/ui/still-here.ts'
import { ruleHistory } from '../../data/dispatch.ts'
import type { RuleView } from '../../data/dispatch.ts'
import { useMay } from '../../data/me.ts'
import { shortDate } from '../../time.ts'
import { RuleForm } from './rule-form.tsx'
import { targetText } from './said.ts'

/** One row: what it says, the change of it from a day on, and how it was before. */
export function RulePane({ rule, onClose }: { rule: RuleView; onClose: () => void }) {
  const { t } = useTranslation()
  const may = useMay()
  const title = rule.kind?.name ?? t('routing.everything')
  return (
    <aside className="pane" aria-label={title}>
      <header>
        <div>
          <h2>{title}</h2>
          <p>{rule.area.name}</p>
        </div>
        <IconButton label={t('pane.close')} icon={X} onClick={onClose} />
      </header>
      <section>
        <p>{rule.ended ? t('routing.ended') : targetText(t, rule)}</p>
        <p className="note second">{rule.basis}</p>
      </section>
      {may('routing.change') && (
        <section>
          <h3>{t('routing.change')}</h3>
          <Newest id={rule.id} rule={rule} onMade={onClose} />
        </section>
      )}
      <History id={rule.id} />
    </aside>
  )
}

/** A row may have a version set for later: a change goes on from the newest. */
function Newest({ id, rule, onMade }: { id: string; rule: RuleView; onMade: () => void }) {
  const history = useQuery(ruleHistory(id))
  const newest = history.data?.items[0]
  if (!newest) return null
  return <RuleForm key={newest.version} id={id} version={newest.version} rule={rule} onMade={onMade} />
}

export function NewRulePane(props: { id: string; onClose: () => void; onMade: (id: string) => void }) {
  const { id, onClose, onMade } = props
  const { t } = useTranslation()
  const stillHere = useStillHere()
  return (
    <aside className="pane" aria-label={t('routing.newTitle')}>
      <header>
        <div>
          <h2>{t('routing.newTitle')}</h2>
        </div>
        <IconButton label={t('pane.close')} icon={X} onClick={onClose} />
      </header>
      <section>
        <RuleForm id={id} version={0} rule={undefined} onMade={() => stillHere() && onMade(id)} />
      </section>
    </aside>
  )
}

/** Every version, the newest first: what was chosen by one keeps saying so. */
function History({ id }: { id: string }) {
  const { t } = useTranslation()
  const now = useNow()
  const items = useQuery(ruleHistory(id)).data?.items ?? []
  if (items.length === 0) return null
  return (
    <section>
      <h3>{t('routing.history')}</h3>
      <ol className="history">
        {items.map((one) => (
          <li key={one.version} className={one.state === 'ahead' ? 'ahead' : undefined}>
            <b>{t('people.from', { from: shortDate(t, one.validFrom, now) })}</b>
            <span>{one.ended ? t('routing.ended') : targetText(t, one)}</span>
            <small>{one.basis}</small>
            <small>
              {one.setBy
                ? t('routing.version', { version: one.version, by: one.setBy })
                : t('routing.byInstallation')}
            </small>
          </li>
        ))}
      </ol>
    </section>
  )
}
