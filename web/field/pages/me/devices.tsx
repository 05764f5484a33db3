import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Device, ownDevices, withdrawDevice } from '#web/api/field.ts'
import { Button } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { useNow } from '#web/ui/now.ts'
import { sayMoment } from '#web/ui/say-time.ts'
import { useVault } from '../../kept/vault.ts'
import { useDoing } from '../../parts/doing.ts'
import { Problem } from '../../parts/problem.tsx'

/** The own phones: a lost one is stopped from here, and empties itself when it comes back. Needs the line. */
export function Devices() {
  const { t } = useTranslation()
  const now = useNow()
  const vault = useVault()
  const doing = useDoing()
  const [devices, setDevices] = useState<readonly Device[]>([])
  const own = vault.kind === 'open' ? vault.device : undefined
  const load = async () => setDevices((await ownDevices()).items.filter(({ state }) => state === 'open'))
  useEffect(() => {
    // Without a line there is nothing to say about other phones.
    load().catch(() => undefined)
  }, [])
  if (devices.length < 2) return null
  return (
    <section aria-label={t('device.title')}>
      <div className="sec">
        <h2>{t('device.title')}</h2>
      </div>
      <Problem error={doing.error} />
      <Card className="rows">
        {devices.map((device) => (
          <div key={device.id}>
            <p className="grow">
              {device.label}
              <small>
                {device.id === own
                  ? t('device.this')
                  : t('device.seen', { moment: sayMoment(t, device.seenAt, now) })}
              </small>
            </p>
            {device.id !== own && (
              <Button
                small
                busy={doing.busy}
                onClick={() =>
                  void doing.run(async () => {
                    await withdrawDevice(device.id, 'lost')
                    await load()
                  })
                }
              >
                {t('device.stop')}
              </Button>
            )}
          </div>
        ))}
      </Card>
    </section>
  )
}
