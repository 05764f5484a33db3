import { ChevronDown, ChevronRight, Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { type OwnCopy, readErasures, readOwnCopy } from '#web/api/erasure.ts'
import { readMe } from '#web/api/me.ts'
import { Button } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { useNow } from '#web/ui/now.ts'
import { sayMoment } from '#web/ui/say-time.ts'
import { Screen, Top } from '#web/ui/screen.tsx'
import { Empty, Failed, Loading, RowBones } from '#web/ui/states.tsx'
import { useRemote } from '../../kept/remote.ts'
import { paths } from '../../paths.ts'
import { useTitle } from '../../title.ts'
import { Correct } from './correct.tsx'
import { EraseSheet } from './erase-sheet.tsx'
import { ErasureTag } from './erased-page.tsx'
import { asCsv, asJson, save } from './take-along.ts'
import '../mine/mine.css'
import './rights.css'

/** Null for a browser that the server does not know: nothing is kept about it. */
async function readMine() {
  const me = await readMe()
  if (me.kind !== 'reporter') return null
  const [copy, erasures] = [await readOwnCopy(), await readErasures()]
  return { me, copy, erasures: erasures.items }
}

/** My data: what is kept and why, take it along, put it right, have it erased, see who looked. */
export function RightsPage() {
  const { t } = useTranslation()
  useTitle(t('rights.title'))
  const [, go] = useLocation()
  const [erasing, setErasing] = useState(false)
  const mine = useRemote('rights', readMine)
  const { value } = mine
  return (
    <Screen top={<Top title={t('rights.title')} onBack={() => go(paths.mine())} />}>
      {Boolean(mine.error) && (
        <Failed
          what={t('rights.failed')}
          safe={t('safe')}
          onRetry={() => void mine.again()}
          busy={mine.busy}
        />
      )}
      {value === undefined && mine.busy && (
        <Loading>
          <RowBones rows={6} />
        </Loading>
      )}
      {value === null && (
        <Empty title={t('rights.nobody')} why={t('rights.nobody_why')}>
          <Button kind="primary" wide onClick={() => go(paths.logIn())}>
            {t('login.title')}
          </Button>
        </Empty>
      )}
      {value && (
        <>
          <Correct me={value.me} onChange={() => void mine.again()} />
          <Kept copy={value.copy} />
          <Card className="rows">
            <Link href={paths.looks()}>
              <p className="grow">{t('looks.title')}</p>
              <Icon of={ChevronRight} size="s" />
            </Link>
            {value.erasures.map((one) => (
              <Erasure key={one.id} one={one} />
            ))}
          </Card>
          <div className="other-ways">
            <Button kind="quiet" wide onClick={() => setErasing(true)}>
              {t('erase.account')}
            </Button>
          </div>
          <EraseSheet what={erasing ? 'account' : undefined} onClose={() => setErasing(false)} />
        </>
      )}
    </Screen>
  )
}

function Erasure({ one }: { one: Awaited<ReturnType<typeof readErasures>>['items'][number] }) {
  const { t } = useTranslation()
  const now = useNow()
  return (
    <Link href={paths.erased(one.id)}>
      <p className="grow">
        {t('rights.erasure', { code: one.code ?? t('rights.all') })}
        <small>{sayMoment(t, one.askedAt, now)}</small>
      </p>
      <ErasureTag state={one.state} />
    </Link>
  )
}

/** Everything that is kept, line by line; folded, because it is long. Why and how long stand open. */
function Kept({ copy }: { copy: OwnCopy }) {
  const { t } = useTranslation()
  const [, ...said] = copy.parts
  return (
    <>
      <section className="kept">
        <h2>{t('rights.kept')}</h2>
        <Card>
          {copy.kept.map((one) => (
            <div key={one.what} className="kept-row">
              <h3>{one.what}</h3>
              <p>{t('rights.why', one)}</p>
            </div>
          ))}
        </Card>
      </section>
      <section className="kept">
        <div className="pair">
          <Button icon={Download} onClick={() => save(asCsv(copy), 'csv', t('rights.file'))}>
            {t('rights.csv')}
          </Button>
          <Button icon={Download} onClick={() => save(asJson(copy), 'json', t('rights.file'))}>
            {t('rights.json')}
          </Button>
        </div>
        {said.length > 0 && (
          <Card>
            <details className="kept-all">
              <summary>
                <span className="grow">{t('rights.copy', { count: said.length })}</span>
                <Icon of={ChevronDown} size="s" />
              </summary>
              {said.map((part) => (
                <details key={part.title} className="kept-part">
                  <summary>
                    <span className="grow">{part.title}</span>
                    <Icon of={ChevronDown} size="s" />
                  </summary>
                  <dl>
                    {part.rows.map((row) => (
                      <div key={`${row.what} ${row.value}`}>
                        <dt>{row.what}</dt>
                        <dd>{row.value}</dd>
                      </div>
                    ))}
                  </dl>
                </details>
              ))}
            </details>
          </Card>
        )}
      </section>
    </>
  )
}
