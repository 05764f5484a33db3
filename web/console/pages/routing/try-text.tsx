import { useQuery } from '@tanstack/react-query'
import { CornerDownRight } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '#web/api/ids.ts'
import { Icon } from '#web/ui/icon.tsx'
import { Select, TextArea } from '#web/ui/field.tsx'
import { useNow } from '#web/ui/now.ts'
import { areasUnder } from '../../data/areas.ts'
import { routeOf } from '../../data/dispatch.ts'
import { useMe } from '../../data/me.ts'
import { textSuggestion } from '../../data/suggest.ts'
import { reasonsText } from '../../parts/guess.tsx'
import { whyText } from '../../parts/why-route.ts'

const depth = (path: string) => path.split('/').length - 1

/**
 * What would happen to a text: of which kind it is held to be and because of which words, who would get it there, on what
 * ground, and who else was looked at. The words are kept nowhere.
 */
export function TryText({ onRow }: { onRow: (rule: string) => void }) {
  const { t } = useTranslation()
  const { home } = useMe()
  const [id] = useState(newId)
  const [words, setWords] = useState('')
  const [town, setTown] = useState('')
  const [community, setCommunity] = useState('')
  const [picked, setPicked] = useState<string>()
  const parent = depth(home) === 1 ? town : home
  const towns = useQuery(areasUnder(depth(home) === 1 ? home : ''))
  const communities = useQuery(areasUnder(depth(home) < 3 ? parent : ''))
  const path = depth(home) >= 3 ? home : community
  const said = useDeferredValue(words.trim())
  const asked = useQuery({
    ...textSuggestion({ request: id, words: said, path }),
    enabled: said.length > 1 && path !== '',
  })
  const guess = said.length > 1 && path !== '' ? asked.data?.category : undefined
  const category = picked ?? (guess?.sure ? guess.guesses[0]?.code : undefined)
  return (
    <section className="try" aria-label={t('routing.try')}>
      <h2>{t('routing.try')}</h2>
      <div className="try-in">
        <TextArea
          label={t('routing.tryWords')}
          placeholder={t('routing.tryExample')}
          rows={2}
          value={words}
          maxLength={2000}
          onChange={(event) => {
            setWords(event.target.value)
            setPicked(undefined)
          }}
        />
        {depth(home) === 1 && (
          <Area
            label={t('areaKind.subdistrict')}
            value={town}
            items={towns.data?.items ?? []}
            onChange={(next) => {
              setTown(next)
              setCommunity('')
            }}
          />
        )}
        {depth(home) < 3 && (
          <Area
            label={t('areaKind.community')}
            value={community}
            items={communities.data?.items ?? []}
            onChange={setCommunity}
          />
        )}
      </div>
      <div className="try-out" aria-live="polite">
        {!guess && <p className="second">{t(asked.isError ? 'routing.tryFailed' : 'routing.tryNone')}</p>}
        {guess?.sure && guess.guesses[0] && (
          <p>
            {t('routing.trySure', { name: guess.guesses[0].name })}
            {guess.guesses[0].because.length > 0 &&
              t('routing.tryBecause', { words: reasonsText(t, guess.guesses[0].because) })}
          </p>
        )}
        {guess && !guess.sure && (
          <p className="try-guesses">
            {t('routing.tryUnsure')}
            {guess.guesses.map((one) => (
              <button
                key={one.code}
                type="button"
                className="btn small"
                aria-pressed={one.code === picked}
                onClick={() => setPicked(one.code)}
              >
                {one.name}
              </button>
            ))}
          </p>
        )}
        {guess && category && <Answer category={category} path={path} onRow={onRow} />}
      </div>
    </section>
  )
}

function Area(props: {
  label: string
  value: string
  items: { path: string; name: string }[]
  onChange: (path: string) => void
}) {
  const { label, value, items, onChange } = props
  const { t } = useTranslation()
  return (
    <Select label={label} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{t('field.choose')}</option>
      {items.map((area) => (
        <option key={area.path} value={area.path}>
          {area.name}
        </option>
      ))}
    </Select>
  )
}

/** Who would get it, why, and what else was looked at; a row of the table opens beside. */
function Answer(props: { category: string; path: string; onRow: (rule: string) => void }) {
  const { category, path, onRow } = props
  const { t } = useTranslation()
  const now = useNow()
  const route = useQuery(routeOf(category, path)).data
  if (!route) return null
  const { organisation, rule, passed } = route
  return (
    <>
      <p className="try-to">
        <Icon of={CornerDownRight} size="s" />
        <b>{organisation ? t('routing.tryTo', { name: organisation.name }) : t('routing.tryNobody')}</b>
        {organisation && (
          <span>
            {whyText(t, route, now)}
            {rule && (
              <button type="button" className="btn link" onClick={() => onRow(rule.id)}>
                {t('routing.change')}
              </button>
            )}
          </span>
        )}
      </p>
      {passed.length > 0 && (
        <div className="try-passed">
          <span>{t('routing.passed')}</span>
          <ul>
            {passed.slice(0, 5).map((ground, index) => (
              <li key={index}>
                {ground.organisation ? whyText(t, ground, now) : t(`route.ground.${ground.why}`)}
                {ground.failed && t('routing.inBrackets', { text: t(`routing.failedWhy.${ground.failed}`) })}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}
