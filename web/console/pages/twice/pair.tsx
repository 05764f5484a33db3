import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '#web/api/ids.ts'
import { Button } from '#web/ui/button.tsx'
import { useNow } from '#web/ui/now.ts'
import { useToast } from '#web/ui/toast.tsx'
import { type DuplicatePair, type DuplicateSide, useTwiceDecision, useTwiceUndo } from '../../data/twice.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { shortDate } from '../../time.ts'

/** Two that look alike: what is told of each, line against line; what differs is marked. Whoever knows says which stays. */
export function Pair({ pair }: { pair: DuplicatePair }) {
  const { t } = useTranslation()
  const tell = useToast()
  const [id] = useState(newId)
  const decide = useTwiceDecision()
  const undo = useTwiceUndo()
  const { kind, one, other } = pair

  function say(decision: 'same' | 'different', keep: DuplicateSide, drop: DuplicateSide) {
    decide.mutate(
      { id, kind, decision, keep: keep.id, other: drop.id },
      {
        afterwards: ({ household, entry }) => {
          if (decision === 'different') tell(t('twice.told'))
          else if (household !== null && entry !== null)
            tell(t('twice.together', { name: keep.name }), () => undo.mutate({ household, entry }))
        },
      },
    )
  }

  const now = useNow()
  const lines = linesOf(t, one, now).map((line, at) => ({
    ...line,
    against: linesOf(t, other, now)[at]?.says ?? '',
  }))
  return (
    <li className="twice-pair">
      <table>
        <caption className="vh">{t('twice.pair', { one: one.name, other: other.name })}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="vh">{t('twice.line')}</span>
            </th>
            <th scope="col">{one.name}</th>
            <th scope="col">{other.name}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ name, says, against }) => (
            <tr key={name} className={says === against ? undefined : 'differs'}>
              <th scope="row">{name}</th>
              <td>{says}</td>
              <td>{against}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">
              <span className="vh">{t('twice.decision')}</span>
            </th>
            {[
              { keep: one, drop: other },
              { keep: other, drop: one },
            ].map(({ keep, drop }) => (
              <td key={keep.id}>
                <Button
                  small
                  onClick={() => say('same', keep, drop)}
                  busy={
                    decide.isPending &&
                    decide.variables.keep === keep.id &&
                    decide.variables.decision === 'same'
                  }
                >
                  {t(`twice.keep.${kind}`)}
                </Button>
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
      <div className="twice-apart">
        <Button
          small
          kind="quiet"
          onClick={() => say('different', one, other)}
          busy={decide.isPending && decide.variables.decision === 'different'}
        >
          {t(`twice.apart.${kind}`)}
        </Button>
        <ProblemNote error={decide.error} />
      </div>
    </li>
  )
}

/** What is told of one side, in the same order for both. */
function linesOf(t: ReturnType<typeof useTranslation>['t'], side: DuplicateSide, now: string) {
  const unknown = t('twice.unknown')
  return [
    { name: t('twice.door'), says: t('twice.doorAt', { place: side.place, number: side.dwelling.number }) },
    ...(side.relation ? [{ name: t('twice.relation'), says: t(`twice.relationKind.${side.relation}`) }] : []),
    {
      name: t('twice.birthYear'),
      says: side.birthYear === null ? unknown : t('twice.year', { year: side.birthYear }),
    },
    { name: t('twice.phone'), says: side.phone ?? unknown },
    { name: t('twice.identity'), says: t(side.hasIdentity ? 'twice.kept' : 'twice.notKept') },
    { name: t('twice.members'), says: t('twice.memberCount', { count: side.members }) },
    {
      name: t('twice.since'),
      says: side.since === null ? unknown : shortDate(t, `${side.since}T12:00:00+08:00`, now),
    },
  ]
}
