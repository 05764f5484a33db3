import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { newId } from '#web/api/ids.ts'
import { Button } from '#web/ui/button.tsx'
import { Select, TextInput } from '#web/ui/field.tsx'
import { Bar, Screen, Top } from '#web/ui/screen.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { useStillHere } from '#web/ui/still-here.ts'
import { useBook } from '../../kept/book.ts'
import { entryOf } from '../../kept/entry.ts'
import { categories, units } from '../../kept/views.ts'
import { nameOf } from '../../parts/calling.ts'
import { useDoing } from '../../parts/doing.ts'
import { useKeptDraft } from '../../parts/kept-draft.ts'
import { useMending } from '../../parts/mending.ts'
import { Problem } from '../../parts/problem.tsx'
import { useTaken } from '../../parts/taken.ts'
import { WordsAndFiles } from '../../parts/words-and-files.tsx'
import { paths } from '../../paths.ts'
import { useTitle } from '../../title.ts'
import '../visit/visit.css'

type Draft = { words: string; path: string; place: string; category: string }

/** What was seen on the way and belongs to no door: one sentence or a photo, and which stairwell. */
export function ReportPage() {
  const { t } = useTranslation()
  useTitle(t('report.title'))
  const book = useBook()
  const stairs = units(book)
  const all = categories(book)
  const [, go] = useLocation()
  const tell = useToast()
  const doing = useDoing()
  const stillHere = useStillHere()
  const mended = useMending('request.submit')
  const data = mended?.entry.data
  const first: Draft = {
    words: data?.need.words ?? '',
    path: data?.path ?? stairs[0]?.path ?? '',
    place: data?.place ?? '',
    category: data?.need.category ?? '',
  }
  const [draft, change, forget] = useKeptDraft<Draft>('report', first, mended !== undefined)
  const taken = useTaken()
  const path = draft.path || first.path
  const save = () => {
    const words = taken.said(draft.words)
    if (!words || !path) return undefined
    return void doing.run(async () => {
      const need = {
        id: newId(),
        words,
        ...(draft.category && { category: draft.category }),
        files: taken.kept.map(({ id }) => id),
      }
      const entry = entryOf(
        'request.submit',
        { path, place: draft.place.trim(), need },
        { mends: mended?.entry.id },
      )
      await taken.keep(entry)
      await forget()
      tell(t('report.kept'))
      if (stillHere()) go(paths.today())
    })
  }
  return (
    <Screen
      top={<Top title={t('report.title')} onBack={() => history.back()} />}
      bar={
        <Bar>
          <Button kind="primary" wide onClick={save} busy={doing.busy}>
            {t('report.save')}
          </Button>
          <p className="under">{t('visit.promise')}</p>
        </Bar>
      }
    >
      <Problem error={doing.error} />
      {mended?.problem && <p className="lost">{mended.problem.detail || mended.problem.title}</p>}
      <WordsAndFiles
        label={t('report.words')}
        words={draft.words}
        onWords={(words) => change({ words })}
        files={taken.files}
        onFiles={taken.onFiles}
      />
      {taken.missing && (
        <p className="lost" role="alert">
          {t('report.missing')}
        </p>
      )}
      <Select
        label={t('report.where')}
        value={path}
        onChange={(event) => change({ path: event.target.value })}
      >
        {stairs.map((unit) => (
          <option key={unit.path} value={unit.path}>
            {nameOf(unit)}
          </option>
        ))}
      </Select>
      <TextInput
        label={t('report.place')}
        hint={t('report.place_hint')}
        value={draft.place}
        maxLength={100}
        onChange={(event) => change({ place: event.target.value })}
      />
      {all.length > 0 && (
        <Select
          label={t('need.category')}
          hint={t('need.category_hint')}
          value={draft.category}
          onChange={(event) => change({ category: event.target.value })}
        >
          <option value="">{t('need.category_open')}</option>
          {all.map((one) => (
            <option key={one.code} value={one.code}>
              {one.name}
            </option>
          ))}
        </Select>
      )}
    </Screen>
  )
}
