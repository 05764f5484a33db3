import { useQuery, useQueryClient } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { type FormEvent, useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Category } from '#catalogue/contract.ts'
import type { CategoryPreview } from '#settings/contract.ts'
import { refusalCode } from '#web/api/problem.ts'
import { Button, IconButton } from '#web/ui/button.tsx'
import { Switch, TextInput } from '#web/ui/field.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { useNow } from '#web/ui/now.ts'
import { categories, categoryHistory, useCategoryChange } from '../../data/catalogue.ts'
import { useMay } from '../../data/me.ts'
import { categoryEffect } from '../../data/settings.ts'
import { limitText } from '../../limit.ts'
import { DateField } from '../../parts/date-field.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { exactly, shortDate } from '../../time.ts'
import { StepsField } from './steps-field.tsx'

/** One category: its limits and who is asked first, the change of them from a day on, and how they were before. */
export function CategoryPane({ category, onClose }: { category: Category; onClose: () => void }) {
  const { t } = useTranslation()
  const may = useMay()
  return (
    <aside className="pane" aria-label={category.name}>
      <header>
        <div>
          <h2>{category.name}</h2>
          <p>{t('category.line', { group: category.group, name: category.code })}</p>
        </div>
        <IconButton label={t('pane.close')} icon={X} onClick={onClose} />
      </header>
      <section>
        <h3>{t('categories.now')}</h3>
        <p>{limitText(t, category.steps)}</p>
        <p className="note second">{category.leads.join(t('story.listComma'))}</p>
      </section>
      {may('category.change') && <ChangeForm category={category} />}
      <History code={category.code} />
    </aside>
  )
}

function ChangeForm({ category }: { category: Category }) {
  const { t } = useTranslation()
  const now = useNow()
  const tell = useToast()
  const client = useQueryClient()
  const [steps, setSteps] = useState(category.steps)
  const [leads, setLeads] = useState(category.leads.join(t('story.listComma')))
  const [from, setFrom] = useState<string>()
  const [tried, setTried] = useState(false)
  const [active, setActive] = useState(category.active)
  const change = useCategoryChange(category)
  const conflict = refusalCode(change.error) === 'changed_meanwhile'
  const named = leads
    .split(/[、,，/]/)
    .map((lead) => lead.trim())
    .filter(Boolean)
  const whole =
    steps.length > 0 && steps.every((step) => step.amount > 0) && named.length > 0 && from !== undefined

  // Midnight of that day in the zone of the installation; today means at once.
  const midnight = from && new Date(`${from}T00:00:00+08:00`).toISOString()
  const validFrom = midnight && midnight > now ? { validFrom: midnight } : {}

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (!whole || !from || change.isPending) return
    change.mutate(
      { steps, leads: named, ...(active !== category.active && { active }), ...validFrom },
      { afterwards: () => tell(t('categories.saved')) },
    )
  }

  return (
    <section>
      <h3>{t('categories.change')}</h3>
      <form className="pane-form" onSubmit={submit} noValidate>
        <StepsField steps={steps} onChange={setSteps} />
        <TextInput
          label={t('categories.leads')}
          hint={t('categories.leadsHint')}
          value={leads}
          maxLength={200}
          onChange={(event) => setLeads(event.target.value)}
        />
        <DateField
          label={t('categories.from')}
          hint={t('categories.fromHint')}
          value={from}
          onChange={setFrom}
        />
        <Switch label={t('categories.active')} on={active} onChange={setActive} />
        {whole && <Effect code={category.code} change={{ steps, leads: named, ...validFrom }} />}
        {tried && !whole && (
          <p className="deed-missing" role="alert">
            {t('categories.missing')}
          </p>
        )}
        {conflict ? (
          <div className="conflict" role="alert">
            <p>{t('categories.conflict')}</p>
            <Button small onClick={() => void client.invalidateQueries({ queryKey: categories.queryKey })}>
              {t('categories.seeNewest')}
            </Button>
          </div>
        ) : (
          <ProblemNote error={change.error} />
        )}
        <div className="deed-do">
          <Button type="submit" kind="primary" busy={change.isPending}>
            {t('categories.save')}
          </Button>
          <p>{t('categories.cause')}</p>
        </div>
      </form>
    </section>
  )
}

/** What the change would do, before it is made. */
function Effect({ code, change }: { code: string; change: CategoryPreview }) {
  const { t } = useTranslation()
  const { data } = useQuery(categoryEffect(code, useDeferredValue(change)))
  if (!data) return null
  const { running, waiting, example, unknown } = data
  return (
    <div className="effect" aria-live="polite">
      {example && example.before !== example.after && (
        <p>
          {t('categories.effectExample', {
            from: exactly(t, example.from),
            before: exactly(t, example.before),
            after: exactly(t, example.after),
          })}
        </p>
      )}
      <p>{t('categories.effectKeep', { count: running })}</p>
      {waiting > 0 && <p>{t('categories.effectWaiting', { count: waiting })}</p>}
      {unknown.length > 0 && (
        <p className="warn">{t('categories.effectUnknown', { names: unknown.join(t('story.listComma')) })}</p>
      )}
    </div>
  )
}

/** Everything that was and will be: what is still to come stands first, and is marked. */
function History({ code }: { code: string }) {
  const { t } = useTranslation()
  const now = useNow()
  const history = useQuery(categoryHistory(code))
  const items = history.data?.items ?? []
  if (items.length === 0) return null
  return (
    <section>
      <h3>{t('categories.history')}</h3>
      <ol className="history">
        {items.map((one) => (
          <li key={`${one.validFrom}${one.setAt}`} className={one.validFrom > now ? 'ahead' : undefined}>
            <b>{t('people.from', { from: shortDate(t, one.validFrom, now) })}</b>
            {one.steps && <span>{limitText(t, one.steps)}</span>}
            {one.leads && (
              <span>{t('categories.ledBy', { leads: one.leads.join(t('story.listComma')) })}</span>
            )}
            {one.active !== null && <span>{t(one.active ? 'categories.used' : 'categories.unused')}</span>}
            {one.needed && <span>{t('categories.neededChanged', { count: one.needed.length })}</span>}
          </li>
        ))}
      </ol>
    </section>
  )
}
