import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { areaOfCode, whoServes } from '#web/api/places.ts'
import { Button } from '#web/ui/button.tsx'
import { Bar, Screen, Top } from '#web/ui/screen.tsx'
import { Empty, Failed, Loading, RowBones } from '#web/ui/states.tsx'
import { useRemote } from '../../kept/remote.ts'
import { changeSettings, useSettings } from '../../kept/settings.ts'
import { paths } from '../../paths.ts'
import { useTitle } from '../../title.ts'
import { Everyone } from './everyone.tsx'
import './people.css'

/** Null for a code that is on no entrance of this district. */
async function read(code: string, signal: AbortSignal) {
  const { items } = await areaOfCode(code, signal)
  const self = items.at(-1)
  if (!self) return null
  return { here: await whoServes(self.path, signal), names: items.map(({ name }) => name).slice(2) }
}

/** The public page of a stairwell, opened by the code at its entrance: who answers for it, and saying something from here. */
export function StairwellPage({ code }: { code: string }) {
  const { t } = useTranslation()
  const [, go] = useLocation()
  const { home } = useSettings()
  const stairwell = useRemote(`stairwell.${code}`, (signal) => read(code, signal))
  const { value } = stairwell
  useTitle(value?.here.place || t('people.title'))
  const isHome = value ? home?.path === value.here.path : false
  const live = () => value && changeSettings({ home: { path: value.here.path, names: value.names } })
  return (
    <Screen
      top={<Top title={value?.here.place || t('people.title')} onBack={() => go(paths.home())} />}
      bar={
        value && (
          <Bar>
            <Button
              kind="primary"
              wide
              onClick={() => {
                if (!home) live()
                go(paths.say())
              }}
            >
              {t('stairwell.say')}
            </Button>
          </Bar>
        )
      }
    >
      {Boolean(stairwell.error) && (
        <Failed
          what={t('home.failed')}
          safe={t('safe')}
          onRetry={() => void stairwell.again()}
          busy={stairwell.busy}
        />
      )}
      {value === undefined && stairwell.busy && (
        <Loading>
          <RowBones rows={5} />
        </Loading>
      )}
      {value === null && (
        <Empty title={t('stairwell.unknown')} why={t('stairwell.unknown_why')}>
          <Button kind="primary" wide onClick={() => go(paths.home())}>
            {t('erase.home')}
          </Button>
        </Empty>
      )}
      {value && (
        <>
          <div className="here">
            <p>{isHome ? t('stairwell.home') : t('stairwell.visiting')}</p>
            {!isHome && (
              <Button kind="link" onClick={live}>
                {t('stairwell.live')}
              </Button>
            )}
          </div>
          <Everyone here={value.here} />
        </>
      )}
    </Screen>
  )
}
