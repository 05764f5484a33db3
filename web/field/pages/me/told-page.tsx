import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Contact, readContact } from '#web/api/notices.ts'
import { Refused } from '#web/api/problem.ts'
import { Card } from '#web/ui/card.tsx'
import { Screen, Top } from '#web/ui/screen.tsx'
import { Failed, Loading, RowBones } from '#web/ui/states.tsx'
import { HowTold } from '#web/ui/told/how-told.tsx'
import { makeOf } from '../../able.ts'
import { useDoing } from '../../parts/doing.ts'
import { useTitle } from '../../title.ts'

/** How I am told of what is mine, on this phone and beside it. Kept on the server: it needs the line. */
export function ToldPage() {
  const { t } = useTranslation()
  useTitle(t('told.title'))
  const [known, setKnown] = useState<Contact>()
  const doing = useDoing()
  const load = () => doing.run(async () => setKnown(await readContact()))
  const first = useEffectEvent(() => void load())
  useEffect(() => first(), [])
  return (
    <Screen top={<Top title={t('told.title')} onBack={() => history.back()} />}>
      {known === undefined && doing.busy && (
        <Loading>
          <RowBones rows={5} />
        </Loading>
      )}
      {doing.error !== undefined && (
        <Failed what={t('told.failed')} safe={t('told.safe')} onRetry={() => void load()} busy={doing.busy} />
      )}
      {known && (
        <>
          <p className="lede">{t('told.lede')}</p>
          <Card pad>
            <HowTold
              door="field"
              known={known}
              label={makeOf()}
              onChanged={setKnown}
              wordsOf={(error) => (error instanceof Refused ? error.problem.title : t('problem.silent'))}
            />
          </Card>
        </>
      )}
    </Screen>
  )
}
