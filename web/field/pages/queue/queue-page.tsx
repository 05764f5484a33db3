import { CloudUpload, type LucideIcon, RotateCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { Button } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { useNow } from '#web/ui/now.ts'
import { sayMoment } from '#web/ui/say-time.ts'
import { Screen, Top } from '#web/ui/screen.tsx'
import { Empty, Loading } from '#web/ui/states.tsx'
import { Tag, type Tone } from '#web/ui/tag.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { enqueue, takeOut, useBook } from '../../kept/book.ts'
import { householdOf, type Queued, queued, type Standing, standing } from '../../kept/entry.ts'
import { useLine } from '../../kept/line.ts'
import { tryNow } from '../../kept/sender.ts'
import { entryIcon, entryWords } from '../../parts/entry-words.ts'
import { mends } from '../../parts/mending.ts'
import { paths } from '../../paths.ts'
import { useTitle } from '../../title.ts'
import './queue.css'

const tones: Record<Standing, Tone> = {
  waiting: 'care',
  sending: 'care',
  files: 'care',
  applied: 'done',
  merged: 'done',
  conflict: 'soon',
  refused: 'late',
  mended: 'line',
  left_over: 'line',
}

/** On this phone, not about care: the cloud, not the heart. */
const icons: Partial<Record<Standing, LucideIcon>> = {
  waiting: CloudUpload,
  sending: CloudUpload,
  files: CloudUpload,
}

/** Where an entry that was not taken is mended: the form it came from. */
function wayToMend(one: Queued): string | undefined {
  const household = householdOf(one)
  const query = `?${mends}=${one.entry.id}`
  if (one.entry.kind === 'visit' && household) return paths.visit(household) + query
  if (one.entry.kind === 'household.edit' && household) return paths.edit(household) + query
  if (one.entry.kind === 'request.submit') return paths.report() + query
  return undefined
}

function Row({ one }: { one: Queued }) {
  const { t } = useTranslation()
  const book = useBook()
  const line = useLine()
  const now = useNow()
  const tell = useToast()
  const state = standing(one, line.sending)
  const mend = wayToMend(one)
  const setAside = async () => {
    await takeOut([one.entry.id])
    tell(t('queue.set_aside'), () => void enqueue({ ...queued(one.entry), problem: one.problem }))
  }
  const codes = one.result?.requests.map(({ code }) => code).join(t('comma'))
  return (
    <div className="queued">
      <Icon of={entryIcon(one)} />
      <div className="grow">
        <p>{entryWords(t, book, one)}</p>
        <small>{sayMoment(t, one.entry.deviceAt, now)}</small>
        {codes && <small>{t('queue.codes', { codes })}</small>}
        {state === 'waiting' && line.trouble && line.triedAt && (
          <small>{t('tray.tried', { moment: sayMoment(t, line.triedAt, now) })}</small>
        )}
        {state === 'merged' && <small>{t('queue.merged')}</small>}
        {state === 'conflict' && (
          <small>
            <Link href={paths.conflicts()}>{t('queue.conflict')}</Link>
          </small>
        )}
        {state === 'left_over' && <small>{t('queue.left_over')}</small>}
        {one.files
          .filter((file) => file.refused)
          .map((file) => (
            <small key={file.id} className="lost">
              {t('queue.file_refused', { why: file.refused })}
            </small>
          ))}
        {state === 'refused' && (
          <>
            <p className="lost">{one.problem?.detail || one.problem?.title}</p>
            <div className="pair">
              <Button small onClick={() => void setAside()}>
                {t('queue.drop')}
              </Button>
              {mend && (
                <Link className="btn small" href={mend}>
                  {t('queue.mend')}
                </Link>
              )}
            </div>
          </>
        )}
      </div>
      <Tag tone={tones[state]} icon={icons[state]}>
        {t(`fate.${state}`)}
      </Tag>
    </div>
  )
}

/** Everything that was done on this phone in the last days, and what became of each. */
export function QueuePage() {
  const { t } = useTranslation()
  useTitle(t('queue.title'))
  const book = useBook()
  const line = useLine()
  const now = useNow()
  const [, go] = useLocation()
  const all = book.queue.filter(({ entry }) => entry.kind !== 'reads').toReversed()
  return (
    <Screen
      top={
        <Top title={t('queue.title')} onBack={() => go(paths.today())}>
          <span className="grow" />
          <Button
            kind="link"
            small
            icon={RotateCw}
            busy={line.sending.size > 0 || line.fetching}
            onClick={tryNow}
          >
            {t('queue.try')}
          </Button>
        </Top>
      }
    >
      <p className="none" role="status">
        {line.freshAt && !line.trouble
          ? t('queue.fresh', { moment: sayMoment(t, line.freshAt, now) })
          : line.triedAt
            ? t('tray.tried', { moment: sayMoment(t, line.triedAt, now) })
            : t('queue.not_tried')}
      </p>
      {!book.ready && <Loading />}
      {book.ready && all.length === 0 && <Empty title={t('queue.none')} why={t('queue.none_why')} />}
      {all.length > 0 && (
        <Card>
          {all.map((one) => (
            <Row key={one.entry.id} one={one} />
          ))}
        </Card>
      )}
    </Screen>
  )
}
