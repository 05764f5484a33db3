import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { CircleAlert, Download, Hourglass, type LucideIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useNow } from '#web/ui/now.ts'
import { ButtonLink } from '#web/ui/button.tsx'
import { Tag, type Tone } from '#web/ui/tag.tsx'
import { emptyAddress, imports, type ImportView } from '../../data/imports.ts'
import { useMe } from '../../data/me.ts'
import { ListStates, MorePages } from '../../parts/list-states.tsx'
import { useTitle } from '../../parts/title.ts'
import { paths } from '../../paths.ts'
import { exactly, when } from '../../time.ts'
import { DropFile } from './drop-file.tsx'

/** A file in hand, and what was brought in before. */
export function ImportStart() {
  const { t } = useTranslation()
  useTitle(t('nav.import'))
  const me = useMe()
  const navigate = useNavigate()
  const list = useInfiniteQuery(imports)
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const post = me.posts.find(({ role }) => role.endsWith('_desk'))
  return (
    <div className="page import">
      <header className="page-head">
        <div>
          <h1>{t('nav.import')}</h1>
          <p>{t('import.what', { area: post?.area ?? '' })}</p>
        </div>
        <ButtonLink icon={Download} href={emptyAddress} download>
          {t('import.emptyTable')}
        </ButtonLink>
      </header>
      <DropFile
        path={post?.path ?? me.home}
        onSent={(id) => void navigate({ to: paths.import, params: { id } })}
      />
      <ListStates list={list} count={items.length} failed={t('import.listFailed')} bones={4}>
        <History items={items} />
      </ListStates>
      {list.isSuccess && items.length === 0 && <p className="note second import-none">{t('import.none')}</p>}
      <MorePages list={list} label={t('import.more')} />
    </div>
  )
}

const tones: Partial<Record<ImportView['state'], Tone>> = {
  applied: 'done',
  failed: 'late',
}

const icons: Partial<Record<ImportView['state'], LucideIcon>> = {
  failed: CircleAlert,
  mapping: Hourglass,
  checked: Hourglass,
}

function History({ items }: { items: ImportView[] }) {
  const { t } = useTranslation()
  const now = useNow()
  return (
    <table className="ledger">
      <caption>{t('import.history')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('import.file')}</th>
          <th scope="col">{t('import.when')}</th>
          <th scope="col">{t('import.state')}</th>
          <th scope="col">{t('import.did')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((one) => (
          <tr key={one.id}>
            <td>
              <Link className="row-title" to={paths.import} params={{ id: one.id }}>
                {one.fileName}
              </Link>
              <small>{one.place}</small>
            </td>
            <td title={exactly(t, one.createdAt)}>
              {when(t, one.createdAt, now)}
              <small>{one.by}</small>
            </td>
            <td>
              <Tag tone={tones[one.state]} icon={icons[one.state]}>
                {t(`import.stateName.${one.state}`)}
              </Tag>
            </td>
            <td>{outcome(t, one)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

type Translate = ReturnType<typeof useTranslation>['t']

function outcome(t: Translate, one: ImportView): string {
  if (one.fault) return t(`import.fault.${one.fault.code}`, one.fault.params)
  if (one.state === 'applied')
    return t('import.outcome', { households: one.households.added, residents: one.residents.added })
  if (one.state === 'undone') return t('import.outcomeUndone', { count: one.kept })
  return one.badRows > 0 ? t('import.outcomeBad', { count: one.badRows }) : ''
}
