import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { duplicateRules } from '#households/duplicate-rules.ts'
import { SegmentedChoice } from '#web/ui/field.tsx'
import { twiceList } from '../../data/twice.ts'
import { ListStates, MorePages } from '../../parts/list-states.tsx'
import { useTitle } from '../../parts/title.ts'
import { Pair } from './pair.tsx'
import './twice.css'

/** What looks as if it had been entered twice (HH13): side by side, for somebody who knows. Nothing is put together by itself. */
export function TwicePage() {
  const { t } = useTranslation()
  useTitle(t('nav.twice'))
  const [rule, setRule] = useState(duplicateRules[0]?.name ?? '')
  const list = useInfiniteQuery(twiceList(rule))
  const pairs = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className="page twice">
      <header className="page-head">
        <div>
          <h1>{t('nav.twice')}</h1>
          <p>{t('twice.what')}</p>
        </div>
      </header>
      <div className="twice-rules">
        <SegmentedChoice
          legend={t('twice.rules')}
          options={duplicateRules.map(({ name }) => ({ value: name, label: t(`twice.rule.${name}`) }))}
          value={rule}
          onChange={setRule}
        />
        <p className="note second">{t(`twice.ruleWhy.${rule}`)}</p>
      </div>
      <ListStates
        list={list}
        count={pairs.length}
        failed={t('twice.failed')}
        empty={{ title: t('twice.none'), why: t('twice.noneWhy') }}
        bones={4}
        wide
      >
        <ul className="twice-pairs">
          {pairs.map((pair) => (
            <Pair key={`${pair.one.id} ${pair.other.id}`} pair={pair} />
          ))}
        </ul>
      </ListStates>
      <MorePages list={list} label={t('twice.more')} />
    </div>
  )
}
