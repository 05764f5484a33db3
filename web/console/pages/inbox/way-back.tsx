import { Link } from '@tanstack/react-router'
import { ChevronLeft, PanelRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { Icon } from '#web/ui/icon.tsx'
import type { Filters } from '../../data/requests.ts'
import { paths } from '../../paths.ts'

/** Where the panes come one after the other: from the facts to the case, from the case to the list. */
export function WayBack(props: { filters: Filters; facts: boolean; onFacts: (facts: boolean) => void }) {
  const { filters, facts, onFacts } = props
  const { t } = useTranslation()
  return (
    <div className="three-bar">
      {facts ? (
        <>
          <Button kind="quiet" icon={ChevronLeft} onClick={() => onFacts(false)}>
            {t('case.backToCase')}
          </Button>
          <h1>{t('facts.label')}</h1>
        </>
      ) : (
        <>
          <Link className="btn quiet" to={paths.inbox} params={{ id: undefined }} search={filters} replace>
            <Icon of={ChevronLeft} />
            {t('case.backToList')}
          </Link>
          <Button kind="quiet" icon={PanelRight} onClick={() => onFacts(true)}>
            {t('facts.label')}
          </Button>
        </>
      )}
    </div>
  )
}
