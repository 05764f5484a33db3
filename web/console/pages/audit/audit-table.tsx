import { useTranslation } from 'react-i18next'
import type { AuditEntry } from '#audit/contract.ts'
import { exactly } from '../../time.ts'

/** One line for each entry: when, who, what and for which purpose, about what, with which reason. */
export function AuditTable({ entries }: { entries: AuditEntry[] }) {
  const { t, i18n } = useTranslation()
  /** Actions are abilities of the permission table; one without a text yet shows its code. */
  const named = (group: string, code: string) =>
    i18n.exists(`${group}.${code}`) ? t(`${group}.${code}`) : code
  return (
    <table className="ledger audit">
      <thead>
        <tr>
          <th scope="col">{t('audit.when')}</th>
          <th scope="col">{t('audit.who')}</th>
          <th scope="col">{t('audit.did')}</th>
          <th scope="col">{t('audit.about')}</th>
          <th scope="col">{t('audit.reason')}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={`${entry.lane}-${entry.seq}`}>
            <td className="nb">{exactly(t, entry.at)}</td>
            <td>
              {entry.actor.name ?? t(`audit.kind.${entry.actor.kind}`)}
              {entry.actor.name && <small>{entry.organisation ?? t(`audit.kind.${entry.actor.kind}`)}</small>}
            </td>
            <td>
              {named('audit.actions', entry.action.replaceAll('.', '_'))}
              <small>{named('audit.purposes', entry.purpose)}</small>
            </td>
            <td>
              {entry.subject && (entry.subject.name ?? named('audit.subjects', entry.subject.kind))}
              {entry.subject?.id && <small className="id">{entry.subject.id}</small>}
            </td>
            <td>{entry.reason}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
