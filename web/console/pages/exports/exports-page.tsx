import { useQuery } from '@tanstack/react-query'
import { CircleSlash, Download, Hourglass } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button, ButtonLink } from '#web/ui/button.tsx'
import { useNow } from '#web/ui/now.ts'
import { Tag } from '#web/ui/tag.tsx'
import { exportList, type ExportView, fileAddress, useDecideExport } from '../../data/exports.ts'
import { ListStates } from '../../parts/list-states.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { useTitle } from '../../parts/title.ts'
import { exactly, when } from '../../time.ts'

/** Boundary 8: lists that were asked for as files, and those that wait for another person's word. */
export function ExportsPage() {
  const { t } = useTranslation()
  useTitle(t('nav.exports'))
  const list = useQuery(exportList)
  const items = list.data?.items ?? []
  const waiting = items.filter((one) => !one.own)
  const own = items.filter((one) => one.own)
  return (
    <div className="page exports">
      <header className="page-head">
        <div>
          <h1>{t('nav.exports')}</h1>
          <p>{t('exports.what')}</p>
        </div>
      </header>
      <ListStates
        list={list}
        count={items.length}
        failed={t('exports.failed')}
        empty={{ title: t('exports.none'), why: t('exports.noneWhy') }}
        bones={4}
      >
        {waiting.length > 0 && <Table caption={t('exports.waiting')} items={waiting} />}
        {own.length > 0 && <Table caption={t('exports.own')} items={own} />}
      </ListStates>
    </div>
  )
}

function Table({ caption, items }: { caption: string; items: ExportView[] }) {
  const { t } = useTranslation()
  return (
    <table className="ledger">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t('exports.reason')}</th>
          <th scope="col">{t('exports.rows')}</th>
          <th scope="col">{t('exports.who')}</th>
          <th scope="col">{t('exports.state')}</th>
          <th scope="col">
            <span className="vh">{t('exports.does')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((one) => (
          <Row key={one.id} one={one} />
        ))}
      </tbody>
    </table>
  )
}

const looks = {
  waiting: { tone: 'none', icon: Hourglass },
  ready: { tone: 'done', icon: undefined },
  refused: { tone: 'none', icon: CircleSlash },
  expired: { tone: 'none', icon: CircleSlash },
} as const

function Row({ one }: { one: ExportView }) {
  const { t } = useTranslation()
  const now = useNow()
  const decide = useDecideExport(one.id)
  return (
    <tr>
      <td>
        {one.reason}
        <small>{t(`exports.formatName.${one.format}`)}</small>
      </td>
      <td className="nb">{t('exports.rowCount', { count: one.rows })}</td>
      <td title={exactly(t, one.createdAt)}>
        {one.by}
        <small>{t('exports.whoWhen', { place: one.place, when: when(t, one.createdAt, now) })}</small>
      </td>
      <td>
        <Tag {...looks[one.state]}>{t(`exports.stateName.${one.state}`)}</Tag>
        <small>
          {one.decidedBy !== null && t('exports.decidedBy', { name: one.decidedBy })}
          {one.state === 'ready' && t('exports.until', { when: when(t, one.expiresAt, now) })}
        </small>
        <ProblemNote error={decide.error} />
      </td>
      <td className="do">
        {one.own && one.state === 'ready' && (
          <ButtonLink small icon={Download} href={fileAddress(one.id)} download>
            {t('exports.fetch')}
          </ButtonLink>
        )}
        {!one.own && one.state === 'waiting' && (
          <>
            <Button small kind="quiet" busy={decide.isPending} onClick={() => decide.mutate(false)}>
              {t('exports.refuse')}
            </Button>
            <Button small busy={decide.isPending} onClick={() => decide.mutate(true)}>
              {t('exports.agree')}
            </Button>
          </>
        )}
      </td>
    </tr>
  )
}
