import { Printer } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { Sheet } from '#web/ui/sheet.tsx'

/** A page to show at a counter: large on the phone, and printed without anything around it. */
export function Printed(props: { title: string; open: boolean; onClose: () => void; children: ReactNode }) {
  const { title, open, onClose, children } = props
  const { t } = useTranslation()
  return (
    <Sheet
      title={title}
      open={open}
      onClose={onClose}
      footer={
        <Button wide icon={Printer} onClick={() => window.print()}>
          {t('print')}
        </Button>
      }
    >
      <article className="paper">{children}</article>
    </Sheet>
  )
}
