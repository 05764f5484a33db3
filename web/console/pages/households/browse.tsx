import { useQueries, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Building2 } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '#web/ui/icon.tsx'
import { areasNamed, areasUnder, areaWithAbove } from '../../data/areas.ts'
import { problemText } from '../../data/problem.ts'
import { Combobox } from '../../parts/combobox.tsx'
import { TableBones } from '../../parts/list-states.tsx'
import { Empty, Failed } from '#web/ui/states.tsx'
import { paths } from '../../paths.ts'

/** Down from the area I answer for to a building: by name, or place by place. */
export function Browse({ path, home }: { path: string; home: string }) {
  const { t } = useTranslation()
  const line = useQuery(areaWithAbove(path))
  const below = useQuery(areasUnder(path))
  const items = below.data?.items ?? []
  const compounds = items.filter(({ kind }) => kind === 'compound')
  const inside = useQueries({ queries: compounds.map((one) => areasUnder(one.path)) })
  const here = line.data?.items.filter((one) => one.path.startsWith(home)) ?? []
  const houses = items.filter(({ kind }) => kind === 'building')
  const others = items.filter(({ kind }) => kind !== 'building' && kind !== 'compound' && kind !== 'unit')
  return (
    <>
      <Finder home={home} />
      {here.length > 1 && (
        <p className="crumbs">
          {here.slice(0, -1).map((one) => (
            <Link key={one.path} to={paths.households} search={{ path: one.path }}>
              {one.name}
            </Link>
          ))}
          <span>{here.at(-1)?.name}</span>
        </p>
      )}
      {below.isPending && <TableBones rows={4} />}
      {below.isError && (
        <Failed
          what={t('handbook.placesFailed')}
          safe={problemText(t, below.error)}
          onRetry={() => void below.refetch()}
          busy={below.isFetching}
        />
      )}
      {below.isSuccess && items.length === 0 && (
        <Empty title={t('handbook.noBuildings')} why={t('handbook.noBuildingsWhy')} />
      )}
      <div className="buildings">
        {compounds.map((one, index) => (
          <section key={one.path}>
            <h2>{one.name}</h2>
            <Places items={inside[index]?.data?.items ?? []} />
          </section>
        ))}
        {houses.length > 0 && <Places items={houses} />}
        {others.length > 0 && <Places items={others} />}
      </div>
    </>
  )
}

function Places({ items }: { items: { path: string; name: string; kind: string }[] }) {
  return (
    <ul>
      {items.map((one) => (
        <li key={one.path}>
          <Link to={paths.households} search={{ path: one.path }}>
            {one.kind === 'building' && <Icon of={Building2} size="s" />}
            {one.name}
          </Link>
        </li>
      ))}
    </ul>
  )
}

function Finder({ home }: { home: string }) {
  const { t } = useTranslation()
  const go = useNavigate()
  const [query, setQuery] = useState('')
  const wanted = useDeferredValue(query.trim())
  const found = useQuery({ ...areasNamed(wanted, home), enabled: wanted !== '' })
  return (
    <div className="find-building">
      <Combobox
        label={t('handbook.find')}
        options={(found.data?.items ?? [])
          .filter(({ kind }) => kind !== 'unit')
          .map((one) => ({ value: one.path, label: one.place || one.name, note: t(`areaKind.${one.kind}`) }))}
        value={undefined}
        onChange={(option) => option && void go({ to: paths.households, search: { path: option.value } })}
        query={query}
        onQuery={setQuery}
        loading={found.isFetching}
        placeholder={t('place.example')}
      />
    </div>
  )
}
