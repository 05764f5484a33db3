import { Printer } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RequestView } from '#web/api/requests.ts'
import { Button } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { Coded } from '#web/ui/words.tsx'
import { Printed } from './printed.tsx'

type Needed = { what: string; how: string }

/** What was last said to be needed; a later list stands for all of it. */
function neededOf(request: RequestView): Needed[] {
  const told = request.entries.find(({ data }) => Array.isArray(data['needed']))
  return (told?.data['needed'] as Needed[] | undefined) ?? []
}

/** What to bring and to do, told all at once (one-time notice): nobody is sent home for one more paper. */
export function NeededCard({ request }: { request: RequestView }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const needed = neededOf(request)
  if (needed.length === 0) return null
  const list = (
    <ol className="needed">
      {needed.map(({ what, how }) => (
        <li key={`${what}${how}`}>
          <b>{what}</b>
          {how && <small>{how}</small>}
        </li>
      ))}
    </ol>
  )
  return (
    <Card className="stands" aria-label={t('needed.title')}>
      <h2>{t('needed.title')}</h2>
      {list}
      <Button wide icon={Printer} onClick={() => setOpen(true)}>
        {t('needed.show')}
      </Button>
      <Printed title={t('needed.title')} open={open} onClose={() => setOpen(false)}>
        <p>
          <Coded>{t('needed.about', { title: request.title, code: request.code })}</Coded>
        </p>
        {list}
      </Printed>
    </Card>
  )
}
