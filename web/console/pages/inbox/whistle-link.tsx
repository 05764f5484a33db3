import { Link } from '@tanstack/react-router'
import { Megaphone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { RequestView } from '#requests/view-contract.ts'
import { Icon } from '#web/ui/icon.tsx'
import { paths } from '../../paths.ts'

/** The way from a request to the whistle it is in, or was in last: its newest entry names it. */
export function WhistleLink({ request }: { request: RequestView }) {
  const { t } = useTranslation()
  const id = request.entries.find(({ data }) => typeof data.whistle === 'string')?.data.whistle
  if (typeof id !== 'string') return null
  return (
    <p className="whistle-link">
      <Icon of={Megaphone} size="s" />
      <Link to={paths.whistles} params={{ whistle: id }} search={{ queue: 'open' }}>
        {t('whistle.see')}
      </Link>
    </p>
  )
}
