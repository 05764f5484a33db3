import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Rule } from '#visits/rule-contract.ts'
import { newId } from '#web/api/ids.ts'
import { Button } from '#web/ui/button.tsx'
import { useNow } from '#web/ui/now.ts'
import { Tag } from '#web/ui/tag.tsx'
import { useMay } from '../../data/me.ts'
import { visitRules } from '../../data/visits.ts'
import { ListStates } from '../../parts/list-states.tsx'
import { RuleForm } from './rule-form.tsx'
import { dayText } from './said.ts'

/** The rules as they hold, in words; a change of one opens below it (VR1). */
export function RulesTab() {
  const { t } = useTranslation()
  const may = useMay()
  const now = useNow()
  const known = useQuery(visitRules)
  const [open, setOpen] = useState<string>()
  const [made] = useState(() => newId())
  const items = known.data?.items ?? []
  const changes = may('visit_rule.change')
  return (
    <>
      {changes && open !== made && (
        <div className="visit-rule-add">
          <Button small icon={Plus} onClick={() => setOpen(made)}>
            {t('visits.addRule')}
          </Button>
        </div>
      )}
      {open === made && (
        <div className="visit-rules">
          <RuleForm id={made} rule={undefined} onDone={() => setOpen(undefined)} />
        </div>
      )}
      <ListStates
        list={known}
        count={items.length}
        failed={t('visits.failedRules')}
        empty={{ title: t('visits.noRules'), why: t('visits.noRulesWhy') }}
      >
        <ol className="visit-rules">
          {items.map(({ now: rule, ahead, open: waiting, households }) => (
            <li key={rule.id}>
              <div className="visit-rule">
                <div>
                  <h2>
                    {rule.name}
                    {!rule.active && <Tag tone="line">{t('visits.ended.rule')}</Tag>}
                  </h2>
                  <p>{ruleText(t, rule)}</p>
                  <p className="note second">
                    {rule.basis}
                    {households > 0 && t('visits.namedHouseholds', { count: households })}
                  </p>
                  {ahead && (
                    <p className="note">
                      {t('visits.ahead', { day: dayText(t, ahead.validFrom, now), rule: ruleText(t, ahead) })}
                    </p>
                  )}
                </div>
                <span className="visit-rule-open">{t('visits.openOf', { count: waiting })}</span>
                {changes && (
                  <Button
                    small
                    aria-expanded={open === rule.id}
                    onClick={() => setOpen(open === rule.id ? undefined : rule.id)}
                  >
                    {t('visits.changeRule')}
                  </Button>
                )}
              </div>
              {open === rule.id && (
                <RuleForm id={rule.id} rule={ahead ?? rule} onDone={() => setOpen(undefined)} />
              )}
            </li>
          ))}
        </ol>
      </ListStates>
    </>
  )
}

/** A rule as one sentence: who goes to whom, how often, by when. */
function ruleText(t: ReturnType<typeof useTranslation>['t'], rule: Rule): string {
  const kinds = rule.careKinds.map((kind) => t(`visits.care.${kind}`)).join(t('story.listComma'))
  return t('visits.ruleText', {
    visitor: t(`visits.visitor.${rule.visitor}`),
    who: rule.who === 'care' ? t('visits.whoCare', { kinds }) : t(`visits.who_.${rule.who}`),
    often: rule.event ? t(`visits.event.${rule.event}`) : t(`visits.rhythm.${rule.rhythm}`),
    due:
      rule.days === null
        ? t('visits.dueWhole')
        : t(rule.event === 'holiday' ? 'visits.dueBefore' : 'visits.dueDays', { count: rule.days }),
  })
}
