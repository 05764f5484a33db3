import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { Sheet } from '#web/ui/sheet.tsx'

/** Takes everything off this phone. It cannot be undone, so it says first what would be lost. */
export function LeaveIt({ unsent, onLeave }: { unsent: number; onLeave: () => void }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button kind="quiet" wide icon={Trash2} onClick={() => setAsking(true)}>
        {t('wipe.ask')}
      </Button>
      <Sheet
        title={t('wipe.title')}
        open={asking}
        onClose={() => setAsking(false)}
        footer={
          <div className="pair">
            <Button onClick={() => setAsking(false)}>{t('wipe.not')}</Button>
            <Button onClick={onLeave}>{t('wipe.do')}</Button>
          </div>
        }
      >
        <p>{t('wipe.what')}</p>
        {unsent > 0 && <p className="lost">{t('wipe.unsent', { count: unsent })}</p>}
      </Sheet>
    </>
  )
}
