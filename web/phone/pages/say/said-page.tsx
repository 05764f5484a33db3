import { CircleCheck, Copy, MessageSquarePlus, Undo2, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Redirect, useLocation } from 'wouter'
import { Button, IconButton } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { useNow } from '#web/ui/now.ts'
import { sayMoment } from '#web/ui/say-time.ts'
import { Bar, Screen } from '#web/ui/screen.tsx'
import { Seal } from '#web/ui/seal.tsx'
import { Steps } from '#web/ui/timeline.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { type KeptReceipt, keptReceipt } from '../../kept/draft.ts'
import { paths } from '../../paths.ts'
import { say } from '../../story.ts'
import { useTitle } from '../../title.ts'
import { DeedSheet, type DeedAsked } from '../request/deed-sheet.tsx'
import './said.css'

/** Copies without the clipboard permission too: in-app browsers often have none. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

/** What the code is good for: in confidence it opens nothing, because whoever it is about might try the phones of those it suspects. */
function codeWords({ hasPhone, confidential }: KeptReceipt): string {
  if (confidential) return hasPhone ? 'said.code_confided' : 'said.code_confided_here'
  return hasPhone ? 'said.code_with_phone' : 'said.code'
}

/** Afterwards: the code, who has it, what happens by when. */
export function SaidPage({ id }: { id: string }) {
  const { t } = useTranslation()
  useTitle(t('said.title'))
  const now = useNow()
  const tell = useToast()
  const [, go] = useLocation()
  const [asked, setAsked] = useState<DeedAsked>()
  const receipt = keptReceipt(id)
  if (!receipt) return <Redirect to={paths.request(id)} />
  const { holder } = receipt
  const who = holder.person?.name ?? holder.organisation.name
  return (
    <Screen
      top={
        <header className="top end">
          <IconButton label={t('close')} icon={X} onClick={() => go(paths.home())} />
        </header>
      }
      bar={
        <Bar bare>
          <Button kind="primary" wide onClick={() => go(paths.home())}>
            {t('said.home')}
          </Button>
        </Bar>
      }
    >
      <div className="said-head" aria-live="polite">
        <h1>
          <Icon of={CircleCheck} />
          {t('said.title')}
        </h1>
        <p>{t('said.thanks')}</p>
      </div>
      <Card className="code-card">
        <div>
          <small>{t(codeWords(receipt))}</small>
          <b>{receipt.code}</b>
        </div>
        <Button
          small
          icon={Copy}
          onClick={() =>
            void copy(receipt.code).then((done) =>
              tell(t(done ? 'said.copied' : 'said.not_copied', { code: receipt.code })),
            )
          }
        >
          {t('said.copy')}
        </Button>
      </Card>
      <Card className="next-card">
        <h2>{t('said.next')}</h2>
        <Steps
          steps={[
            {
              id: 'holder',
              mark: <Seal name={who} size="m" />,
              line: t('said.with', { name: who }),
              under: holder.person ? holder.organisation.name : t('said.desk'),
            },
            {
              id: 'triage',
              line: t('by', { moment: sayMoment(t, receipt.triageDueAt, now) }),
              under: say(t, 'clock.triage'),
            },
            { id: 'solve', line: t('said.then'), under: t('said.solve') },
            { id: 'after', line: t('said.after'), under: say(t, 'clock.after') },
          ]}
        />
      </Card>
      <div className="pair">
        <Button icon={MessageSquarePlus} onClick={() => setAsked('note')}>
          {t('deed.note')}
        </Button>
        <Button icon={Undo2} onClick={() => setAsked('withdraw')}>
          {t('deed.withdraw')}
        </Button>
      </div>
      <DeedSheet
        request={id}
        asked={asked}
        onClose={() => setAsked(undefined)}
        onDone={() => go(paths.request(id))}
      />
    </Screen>
  )
}
