import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../data/me.ts'
import { paths } from '../../paths.ts'
import './sections.css'

/** What belongs to a household's door: the building, who needs care, who has met whom, cards, paper. */
export function Sections({ path }: { path?: string | undefined }) {
  const { t } = useTranslation()
  const may = useMay()
  const search = path ? { path } : {}
  return (
    <nav className="sections" aria-label={t('handbook.sections')}>
      <Link to={paths.households} search={search} activeOptions={{ includeSearch: false }}>
        {t('handbook.buildings')}
      </Link>
      {may('care.read') && (
        <Link to={paths.care} activeOptions={{ includeSearch: false }}>
          {t('care.list')}
        </Link>
      )}
      <Link to={paths.acquaintance} search={search} activeOptions={{ includeSearch: false }}>
        {t('acquaintance.title')}
      </Link>
      <Link to={paths.cards} search={search} activeOptions={{ includeSearch: false }}>
        {t('cards.title')}
      </Link>
    </nav>
  )
}
