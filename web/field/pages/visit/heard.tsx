import { Check, Pencil, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '#web/api/ids.ts'
import { titleOf } from '#requests/title.ts'
import { Button, IconButton } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { Select, TextArea } from '#web/ui/field.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { Sheet } from '#web/ui/sheet.tsx'
import { useBook } from '../../kept/book.ts'
import { categories } from '../../kept/views.ts'
import type { Need } from './draft.ts'

/** One need in full: its words, and the category where one is known; the desk finds it otherwise. */
function NeedSheet({
  need,
  onClose,
  onSave,
  onDrop,
}: {
  need: Need | undefined
  onClose: () => void
  onSave: (need: Need) => void
  onDrop: (need: Need) => void
}) {
  const { t } = useTranslation()
  const all = categories(useBook())
  const [words, setWords] = useState(need?.words ?? '')
  const [category, setCategory] = useState(need?.category ?? '')
  const [missing, setMissing] = useState(false)
  return (
    <Sheet
      title={t('need.title')}
      open={need !== undefined}
      onClose={onClose}
      footer={
        <div className="pair">
          <Button onClick={() => need && onDrop(need)}>{t('need.drop')}</Button>
          <Button
            onClick={() => {
              setMissing(!words.trim())
              if (need && words.trim())
                onSave({
                  ...need,
                  words: words.trim(),
                  category: category || undefined,
                  agreed: true,
                  guessed: false,
                })
            }}
          >
            {t('need.save')}
          </Button>
        </div>
      }
    >
      <TextArea
        label={t('need.words')}
        value={words}
        maxLength={2000}
        error={missing && t('need.missing')}
        onChange={(event) => setWords(event.target.value)}
      />
      {all.length > 0 && (
        <Select
          label={t('need.category')}
          hint={t('need.category_hint')}
          value={category}
          onChange={(event) => setCategory(event.target.value)}
        >
          <option value="">{t('need.category_open')}</option>
          {all.map((one) => (
            <option key={one.code} value={one.code}>
              {one.name}
            </option>
          ))}
        </Select>
      )}
    </Sheet>
  )
}

/** What was heard that could be reported. A tick says that the household agrees; without it nothing goes out. */
export function Heard({
  needs,
  onChange,
}: {
  needs: readonly Need[]
  onChange: (needs: Need[], dropped: string[]) => void
}) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<Need>()
  const all = categories(useBook())
  const put = (need: Need, dropped: string[] = []) => {
    const known = needs.some(({ id }) => id === need.id)
    onChange(known ? needs.map((one) => (one.id === need.id ? need : one)) : [...needs, need], dropped)
  }
  const says = (need: Need) => {
    if (!need.agreed) return t('need.guess')
    return all.find(({ code }) => code === need.category)?.name ?? t('need.agreed')
  }
  return (
    <section className="heard" aria-label={t('need.label')}>
      <h2>{needs.length > 0 ? t('need.heard', { count: needs.length }) : t('need.label')}</h2>
      <Card>
        {needs.map((need) => (
          <div key={need.id} className={need.agreed ? 'need' : 'need guess'}>
            <button
              type="button"
              role="checkbox"
              aria-checked={need.agreed}
              aria-label={t('need.report', { what: titleOf(need.words) })}
              className="ck"
              onClick={() => put({ ...need, agreed: !need.agreed })}
            >
              <span>{need.agreed && <Icon of={Check} size="s" />}</span>
            </button>
            <p className="grow">
              {titleOf(need.words)}
              <small>{says(need)}</small>
            </p>
            <IconButton
              label={t('need.change', { what: titleOf(need.words) })}
              icon={Pencil}
              onClick={() => setOpen(need)}
            />
          </div>
        ))}
        <button
          type="button"
          className="need add"
          onClick={() => setOpen({ id: newId(), words: '', agreed: true, guessed: false })}
        >
          <Icon of={Plus} />
          {t('need.add')}
        </button>
      </Card>
      <NeedSheet
        key={open?.id ?? 'none'}
        need={open}
        onClose={() => setOpen(undefined)}
        onSave={(need) => {
          put(need, open && open.words !== need.words ? [open.words] : [])
          setOpen(undefined)
        }}
        onDrop={(need) => {
          onChange(
            needs.filter(({ id }) => id !== need.id),
            [need.words],
          )
          setOpen(undefined)
        }}
      />
    </section>
  )
}
