import { ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { looksAtMe } from '#web/api/looked.ts'
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
import './mine.css'

type OneLook = Awaited<ReturnType<typeof looksAtMe>>['items'][number]

function Look({ look }: { look: OneLook }) {
  const { t } = useTranslation()
  const now = useNow()
  const words = (
    <>
      <p className="grow">
        {t('looks.line', {
          // A masked name stays on one line.
          who: look.who.replaceAll('*', '\u2060*'),
          organisation: look.organisation,
          what: look.what,
        })}
        <small>
          {[
            sayMoment(t, look.at, now),
            look.times > 1 && t('looks.times', { count: look.times }),
            look.reason && t('looks.reason', { reason: look.reason }),
          ]
            .filter(Boolean)
            .join(t('comma'))}
        </small>
      </p>
      {look.request && <Icon of={ChevronRight} size="s" />}
    </>
  )
  return look.request ? <Link href={paths.request(look.request)}>{words}</Link> : <div>{words}</div>
}

/** Null for a browser whose owner has not shown that a number is theirs. */
async function readLooks() {
  const me = await readMe()
  return me.reporter ? looksAtMe() : null
}

/** Who looked at what is mine, when and why. It takes a proven phone: the list itself is personal data. */
export function LooksPage() {
  const { t } = useTranslation()
  useTitle(t('looks.title'))
  const [, go] = useLocation()
  const looks = useRemote('looks', readLooks)
  const nobody = looks.value === null
  const items = looks.value?.items
  return (
    <Screen top={<Top title={t('looks.title')} onBack={() => go(paths.home())} />}>
      {nobody ? (
        <Empty title={t('looks.log_in')} why={t('looks.log_in_why')}>
          <Button kind="primary" wide onClick={() => go(paths.logIn())}>
            {t('login.title')}
          </Button>
        </Empty>
      ) : (
        <>
          {Boolean(looks.error) && (
            <Failed
              what={t('looks.failed')}
              safe={t('safe')}
              onRetry={() => void looks.again()}
              busy={looks.busy}
            />
          )}
          {!items && looks.busy && (
            <Loading>
              <RowBones rows={4} />
            </Loading>
          )}
          {items?.length === 0 && <Empty title={t('looks.empty')} why={t('looks.empty_why')} />}
          {items && items.length > 0 && (
            <>
              <p className="lede">{t('looks.lede')}</p>
              <Card className="rows looked">
                {items.map((look) => (
                  <Look key={`${look.at} ${look.action}`} look={look} />
                ))}
              </Card>
            </>
          )}
        </>
      )}
    </Screen>
  )
}
