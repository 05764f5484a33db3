import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Step } from '#catalogue/contract.ts'
import type { SettingsHistory } from '#settings/contract.ts'
import { Select } from '#web/ui/field.tsx'
import { useNow } from '#web/ui/now.ts'
import { settingsHistory } from '../../data/settings.ts'
import { limitText } from '../../limit.ts'
import { ListStates, MorePages } from '../../parts/list-states.tsx'
import { useTitle } from '../../parts/title.ts'
import { exactly, shortDate } from '../../time.ts'

type Item = SettingsHistory['items'][number]
const kinds = ['category', 'calendar', 'organisation', 'message_template'] as const satisfies Item['kind'][]

/** Who changed which setting, and to what. */
export function HistoryPage() {
  const { t } = useTranslation()
  const [kind, setKind] = useState<Item['kind']>()
  const list = useInfiniteQuery(settingsHistory(kind))
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  useTitle(t('nav.settings'))
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{t('nav.settings')}</h1>
          <p>{t('settings.what')}</p>
        </div>
      </header>
      <search className="page-filters">
        <Select
          label={t('settings.kind')}
          value={kind ?? ''}
          onChange={(event) => setKind(kinds.find((one) => one === event.target.value))}
        >
          <option value="">{t('settings.all')}</option>
          {kinds.map((one) => (
            <option key={one} value={one}>
              {t(`settings.kinds.${one}`)}
            </option>
          ))}
        </Select>
      </search>
      <ListStates
        list={list}
        count={items.length}
        failed={t('settings.failed')}
        empty={{ title: t('settings.none'), why: t('settings.noneWhy') }}
        bones={4}
      >
        <table className="ledger">
          <thead>
            <tr>
              <th scope="col">{t('settings.at')}</th>
              <th scope="col">{t('settings.by')}</th>
              <th scope="col">{t('settings.about')}</th>
              <th scope="col">{t('settings.set')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={item.id}>
                <td className="muted">
                  <time dateTime={item.at}>{exactly(t, item.at)}</time>
                </td>
                <td>{item.by ?? t('settings.installation')}</td>
                <td>
                  {item.about ?? t(`settings.kinds.${item.kind}`)}
                  <small>{t(`settings.kinds.${item.kind}`)}</small>
                </td>
                <td>
                  <WhatWasSet item={item} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ListStates>
      <MorePages list={list} label={t('people.more')} />
    </div>
  )
}

/** What was set, in words; what has none stands as it was given. */
function WhatWasSet({ item: { detail } }: { item: Item }) {
  const { t } = useTranslation()
  const now = useNow()
  const words: string[] = []
  const list = (value: unknown) => (Array.isArray(value) ? value.join(t('story.listComma')) : '')
  if (Array.isArray(detail['steps'])) words.push(limitText(t, detail['steps'] as Step[]))
  if (detail['leads']) words.push(t('categories.ledBy', { leads: list(detail['leads']) }))
  if (typeof detail['active'] === 'boolean')
    words.push(t(detail['active'] ? 'categories.used' : 'categories.unused'))
  if (Array.isArray(detail['needed']))
    words.push(t('categories.neededChanged', { count: detail['needed'].length }))
  if (Array.isArray(detail['hours']))
    words.push(
      (detail['hours'] as { from: string; until: string }[])
        .map((span) => t('calendar.span', span))
        .join(t('story.listComma')),
    )
  if (Array.isArray(detail['off']))
    words.push(
      t('settings.yearSet', {
        off: detail['off'].length,
        working: Array.isArray(detail['working']) ? detail['working'].length : 0,
      }),
    )
  for (const name of ['notice', 'name', 'shortName', 'phone', 'text', 'words'] as const)
    if (typeof detail[name] === 'string') words.push(detail[name])
  if (detail['added']) words.push(t('settings.added'))
  const from = detail['validFrom'] ?? detail['from']
  return (
    <>
      {words.join(t('settings.and'))}
      {typeof from === 'string' && (
        <small>
          {t('people.from', {
            from: shortDate(t, from.length === 10 ? `${from}T00:00:00+08:00` : from, now),
          })}
        </small>
      )}
    </>
  )
}
