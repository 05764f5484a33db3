import { Check, Phone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { HouseholdItem } from '#web/api/field.ts'
import { Button, ButtonLink } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { useNow } from '#web/ui/now.ts'
import { sayMoment } from '#web/ui/say-time.ts'
import { Screen, Top } from '#web/ui/screen.tsx'
import { Empty, Loading } from '#web/ui/states.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { bookNow, enqueue, takeOut, useBook } from '../../kept/book.ts'
import { entryOf, isUnsent, queued } from '../../kept/entry.ts'
import { lineNow } from '../../kept/line.ts'
import type { Household } from '../../kept/overlay.ts'
import { households, units } from '../../kept/views.ts'
import { callUnit } from '../../parts/calling.ts'
import { useDoing } from '../../parts/doing.ts'
import { fieldWords, valueWords } from '../../parts/field-words.ts'
import { Problem } from '../../parts/problem.tsx'
import { paths } from '../../paths.ts'
import { useTitle } from '../../title.ts'
import './conflicts.css'

type Conflict = HouseholdItem['conflicts'][number]

/** Takes an entry back that is not on its way yet. */
async function takeBack(id: string): Promise<void> {
  const one = bookNow().queue.find(({ entry }) => entry.id === id)
  if (one && isUnsent(one) && !lineNow().sending.has(id)) await takeOut([id])
}

/** Two people changed the same: both stand here, whoever knows the household chooses. Nothing was covered up. */
function Choice({ household, conflict }: { household: Household; conflict: Conflict }) {
  const { t } = useTranslation()
  const book = useBook()
  const now = useNow()
  const tell = useToast()
  const doing = useDoing()
  const mine = new Set(book.queue.map(({ entry }) => entry.id))
  const what = fieldWords(t, household, conflict.field)
  const choose = (value: unknown) =>
    void doing.run(async () => {
      const data = { household: household.id, fields: { [conflict.field]: value } }
      const entry = entryOf('conflict.choose', data, { base: household.version })
      await enqueue(queued(entry))
      tell(t('conflict.chosen', { what: valueWords(t, value) }), () => void takeBack(entry.id))
    })
  const called = household.members.find(({ phone }) => phone)
  return (
    <section className="conflict" aria-label={what}>
      <h2>
        {t('conflict.title', {
          place: t('household.at', {
            unit: callUnit(units(book), household.path),
            door: household.door.number,
          }),
          what,
        })}
      </h2>
      <Problem error={doing.error} />
      {conflict.words.map((word) => (
        <Card pad key={word.entry}>
          <small>
            {t('conflict.who', {
              name: mine.has(word.entry) ? t('conflict.me') : (word.by ?? t('conflict.somebody')),
              moment: sayMoment(t, word.at, now),
            })}
          </small>
          <p>{valueWords(t, word.value)}</p>
          <Button
            wide
            icon={word.shown ? Check : undefined}
            busy={doing.busy}
            onClick={() => choose(word.value)}
          >
            {t(word.shown ? 'conflict.keep' : 'conflict.take')}
          </Button>
        </Card>
      ))}
      {called?.phone && (
        <ButtonLink kind="quiet" wide icon={Phone} href={`tel:${called.phone}`}>
          {t('conflict.ask', { name: called.name })}
        </ButtonLink>
      )}
    </section>
  )
}

export function ConflictsPage() {
  const { t } = useTranslation()
  useTitle(t('conflict.all'))
  const book = useBook()
  const [, go] = useLocation()
  const open = households(book).filter(({ conflicts }) => conflicts.length > 0)
  return (
    <Screen top={<Top title={t('conflict.all')} onBack={() => go(paths.today())} />}>
      {!book.ready && <Loading />}
      {book.ready && open.length === 0 && <Empty title={t('conflict.none')} why={t('conflict.none_why')} />}
      {open.map((household) =>
        household.conflicts.map((conflict) => (
          <Choice key={conflict.id} household={household} conflict={conflict} />
        )),
      )}
    </Screen>
  )
}
