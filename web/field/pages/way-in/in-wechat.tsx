import { useTranslation } from 'react-i18next'
import { Card } from '#web/ui/card.tsx'
import { canOpenOffline, isApple, isInsideWechat, isInstalled } from '../../able.ts'

/** Where nothing stays after closing it is said before one begins, together with the way that works. */
export function InWechat() {
  const { t } = useTranslation()
  if (isInstalled()) return null
  if (!canOpenOffline())
    return (
      <Card pad tone="care" role="note">
        <h2>{t(isInsideWechat() ? 'install.wechat' : 'install.old')}</h2>
        <p>{t(isApple() ? 'install.wechat_apple' : 'install.wechat_other')}</p>
      </Card>
    )
  return null
}
