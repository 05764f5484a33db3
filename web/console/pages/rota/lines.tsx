import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { Tag } from '#web/ui/tag.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { type Rota, type RotaLine, useLineEnd } from '../../data/rota.ts'
import { DateField } from '../../parts/date-field.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { dayOf, noon, shortDate } from '../../time.ts'
import { daysSaid } from './said.ts'

/** The lines that the week is made of. A line is ended, never changed: what was, stays readable. */
export function Lines({ rota, now }: { rota: Rota; now: string }) {
  const { t } = useTranslation()
  if (rota.lines.length === 0) return null
  return (
    <table className="ledger rota-lines">
      <caption>{t('rota.lines')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('rota.turn')}</th>
          <th scope="col">{t('rota.when')}</th>
          <th scope="col">{t('rota.ab')}</th>
          <th scope="col">{t('rota.holds')}</th>
          {rota.mayChange && (
            <th scope="col">
              <span className="vh">{t('rota.end')}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rota.lines.map((line) => (
          <One key={line.id} line={line} now={now} mayChange={rota.mayChange} />
        ))}
      </tbody>
    </table>
  )
}

function One({ line, now, mayChange }: { line: RotaLine; now: string; mayChange: boolean }) {
  const { t } = useTranslation()
  const [ending, setEnding] = useState(false)
  const from = shortDate(t, noon(line.validFrom), now)
  const hours = { from: line.from.replace(/^0/, ''), until: line.until.replace(/^0/, '') }
  return (
    <tr>
      <td>
        <b>{line.name}</b>
        {line.instead && <Tag tone="care">{t('rota.instead')}</Tag>}
      </td>
      <td>
        {daysSaid(t, line)}
        <small>{t(line.from < line.until ? 'rota.hours' : 'rota.night', hours)}</small>
      </td>
      <td>
        {line.person.name}
        {line.backup && <small>{t('rota.backup', { name: line.backup.name })}</small>}
      </td>
      <td>
        {line.validUntil === null
          ? t('rota.since', { from })
          : t('rota.sinceUntil', { from, until: shortDate(t, noon(line.validUntil), now) })}
      </td>
      {mayChange && (
        <td className="do">
          {ending ? (
            <EndForm line={line} now={now} onDone={() => setEnding(false)} />
          ) : (
            <Button small onClick={() => setEnding(true)}>
              {t('rota.end')}
            </Button>
          )}
        </td>
      )}
    </tr>
  )
}

function EndForm({ line, now, onDone }: { line: RotaLine; now: string; onDone: () => void }) {
  const { t } = useTranslation()
  const tell = useToast()
  const today = dayOf(now)
  const [on, setOn] = useState<string | undefined>(today > line.validFrom ? today : line.validFrom)
  const end = useLineEnd()
  return (
    <div className="rota-end">
      <DateField label={t('rota.endOn')} min={today} value={on} onChange={setOn} />
      <ProblemNote error={end.error} />
      <div>
        <Button
          small
          busy={end.isPending}
          onClick={() =>
            on &&
            end.mutate(
              { id: line.id, on, version: line.version },
              {
                afterwards: () => tell(t('rota.ended')),
                onSuccess: onDone,
              },
            )
          }
        >
          {t('rota.end')}
        </Button>
        <Button small kind="quiet" onClick={onDone}>
          {t('deed.cancel')}
        </Button>
      </div>
    </div>
  )
}
