import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { whoServes } from '#web/api/places.ts'
import { Button } from '#web/ui/button.tsx'
import { Screen, Top } from '#web/ui/screen.tsx'
import { Empty, Failed, Loading, RowBones } from '#web/ui/states.tsx'
import { useHome } from '../../home-place.ts'
import { useRemote } from '../../kept/remote.ts'
import { changeSettings } from '../../kept/settings.ts'
import { paths } from '../../paths.ts'
import { inWords } from '../../place-names.ts'
import { useTitle } from '../../title.ts'
import { PlaceSheet } from '../say/place-sheet.tsx'
import { Everyone } from './everyone.tsx'
import './people.css'

/** Who serves here: my liaison and who stands in, the community's desk, who looks after the building. */
export function PeoplePage() {
  const { t } = useTranslation()
  useTitle(t('people.title'))
  const [, go] = useLocation()
  const home = useHome()
  const [choosing, setChoosing] = useState(false)
  const here = useRemote(home ? `here.${home.path}` : undefined, (signal) =>
    whoServes(home?.path ?? '', signal),
  )
  return (
    <Screen top={<Top title={t('people.title')} onBack={() => go(paths.home())} />}>
      {!home && (
        <Empty title={t('home.ask')} why={t('home.ask_why')}>
          <Button kind="primary" wide onClick={() => setChoosing(true)}>
            {t('home.ask_do')}
          </Button>
        </Empty>
      )}
      {home && (
        <div className="here">
          <p>{inWords(home)}</p>
          <Button kind="link" onClick={() => setChoosing(true)}>
            {t('change')}
          </Button>
        </div>
      )}
      {home && Boolean(here.error) && (
        <Failed what={t('home.failed')} safe={t('safe')} onRetry={() => void here.again()} busy={here.busy} />
      )}
      {home && !here.value && here.busy && (
        <Loading>
          <RowBones rows={5} />
        </Loading>
      )}
      {here.value && <Everyone here={here.value} />}
      <PlaceSheet
        title={t('place.home')}
        open={choosing}
        onClose={() => setChoosing(false)}
        onChoose={(place) => {
          changeSettings({ home: place })
          setChoosing(false)
        }}
      />
    </Screen>
  )
}
