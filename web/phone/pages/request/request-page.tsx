import { ChevronRight, EyeOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { refusalCode } from '#web/api/problem.ts'
import { readRequest } from '#web/api/requests.ts'
import { ButtonLink } from '#web/ui/button.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { useNow } from '#web/ui/now.ts'
import { sayMoment } from '#web/ui/say-time.ts'
import { Screen, Top } from '#web/ui/screen.tsx'
import { CardBones, Empty, Failed, Loading, RowBones } from '#web/ui/states.tsx'
import { useRemote } from '../../kept/remote.ts'
import { Tag } from '#web/ui/tag.tsx'
import { useNews } from '../../news.ts'
import { paths } from '../../paths.ts'
import { useTitle } from '../../title.ts'
import { Complaints } from './complaint.tsx'
import { EraseRequest } from '../rights/erase-request.tsx'
import { NowCard } from './now-card.tsx'
import { InsteadCard } from './instead-card.tsx'
import { NeededCard } from './needed-card.tsx'
import { RequestBar } from './request-bar.tsx'
import './request.css'
import { StoryLines } from './story-lines.tsx'

const closedToMe = ['request.not_found', 'access.log_in', 'access.not_allowed']

/** A request's page: how it stands, how long is left, who has it; its story; what I may do about it. */
export function RequestPage({ id }: { id: string }) {
  const { t } = useTranslation()
  const now = useNow()
  const [, go] = useLocation()
  const remote = useRemote(`request.${id}`, (signal) => readRequest(id, signal))
  const request = remote.value
  useNews(
    request !== undefined,
    (news) => {
      // The stream begins with the version of what is open; without one it is asked for now and then.
      if (!news || (news.kind === 'request' && news.id === id && news.version !== request?.version))
        void remote.again()
    },
    id,
  )
  useTitle(request?.title ?? t('mine.title'))
  const code = refusalCode(remote.error)
  const notMine = code !== undefined && closedToMe.includes(code)
  return (
    <Screen
      top={
        <Top
          title={t('mine.title')}
          plain={request !== undefined && !notMine}
          onBack={() => go(paths.mine())}
        >
          {request && <span className="code">{t('request.code', { code: request.code })}</span>}
        </Top>
      }
      bar={request && !notMine && <RequestBar request={request} onChange={remote.put} />}
    >
      {notMine ? (
        <Empty title={t('request.closed_to_you')} why={t('request.closed_why')}>
          <ButtonLink kind="primary" wide href={paths.find()}>
            {t('find.title')}
          </ButtonLink>
        </Empty>
      ) : (
        <>
          {Boolean(remote.error) && (
            <Failed
              what={t('request.failed')}
              safe={
                remote.at ? t('request.failed_since', { moment: sayMoment(t, remote.at, now) }) : t('safe')
              }
              onRetry={() => void remote.again()}
              busy={remote.busy}
            />
          )}
          {!request && remote.busy && (
            <Loading>
              <CardBones />
              <RowBones />
            </Loading>
          )}
          {request && (
            <>
              <div className="head">
                <h1>{request.title}</h1>
                {request.place !== request.title && <p>{request.place}</p>}
                {request.confidential && (
                  <p className="confided">
                    <Tag tone="care" icon={EyeOff}>
                      {t('confide.tag')}
                    </Tag>
                    {t(request.complainedOf.length > 0 ? 'confide.from' : 'confide.from_all', {
                      name: request.complainedOf.map((one) => one.name).join(t('comma')),
                    })}
                  </p>
                )}
              </div>
              <NowCard request={request} />
              <InsteadCard request={request} />
              <NeededCard request={request} />
              <StoryLines request={request} />
              <Complaints request={request} />
              <EraseRequest request={request} />
              <Link href={paths.looks()} className="seen">
                {t('request.looks')}
                <Icon of={ChevronRight} size="s" />
              </Link>
            </>
          )}
        </>
      )}
    </Screen>
  )
}
