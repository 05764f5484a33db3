import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { TextArea } from '#web/ui/field.tsx'
import { Sheet } from '#web/ui/sheet.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { backBases, type BackBasis } from '#offers/lists.ts'
import { enqueue } from '../../kept/book.ts'
import { entryOf, queued } from '../../kept/entry.ts'
import type { Offer } from './offers.ts'
import { useDoing } from '../../parts/doing.ts'
import { Problem } from '../../parts/problem.tsx'

/** Giving back takes a basis from the list; words where somebody wants to add some. */
export function GiveBack({
  offer,
  open,
  onClose,
  onDone,
}: {
  offer: Offer
  open: boolean
  onClose: () => void
  /** It is kept, and with that no longer one's own: by then this form may be gone with the rest of its page. */
  onDone: () => void
}) {
  const { t } = useTranslation(['offers', 'requests'])
  const tell = useToast()
  const doing = useDoing()
  const [basis, setBasis] = useState<BackBasis>()
  const [words, setWords] = useState('')
  const [missing, setMissing] = useState(false)
  const give = () => {
    setMissing(!basis)
    if (!basis) return undefined
    return void doing.run(async () => {
      const said = words.trim()
      await enqueue(
        queued(entryOf('offer.give_back', { offer: offer.id, basis, ...(said && { words: said }) })),
      )
      tell(t('offer.back_kept'))
      onClose()
      onDone()
    })
  }
  return (
    <Sheet
      title={t('offer.give_back')}
      open={open}
      onClose={onClose}
      footer={
        <Button wide onClick={give} busy={doing.busy}>
          {t('offer.give_back')}
        </Button>
      }
    >
      <Problem error={doing.error} />
      <fieldset className="offer-bases">
        <legend>{t('offer.basis')}</legend>
        {backBases.map((one) => (
          <label key={one}>
            <input type="radio" name="basis" checked={basis === one} onChange={() => setBasis(one)} />
            {t(`basis.${one}`, { ns: 'requests' })}
          </label>
        ))}
      </fieldset>
      {missing && (
        <p className="lost" role="alert">
          {t('offer.basis_missing')}
        </p>
      )}
      <TextArea
        label={t('offer.basis_words')}
        value={words}
        maxLength={500}
        onChange={(event) => setWords(event.target.value)}
      />
    </Sheet>
  )
}
