import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '#web/api/ids.ts'
import { tellWish } from '#web/api/wishes.ts'
import { Button } from '#web/ui/button.tsx'
import { Select, TextArea } from '#web/ui/field.tsx'
import { Sheet } from '#web/ui/sheet.tsx'
import { useToast } from '#web/ui/toast.tsx'
import type { Home } from '../../kept/settings.ts'
import { wrongWords } from './wrong.ts'
import { PlaceSheet } from '../say/place-sheet.tsx'

const kinds = ['thing', 'repair', 'company', 'learning', 'errand', 'other'] as const
type Kind = (typeof kinds)[number]

/** Say a wish: in own words; only the desk reads them, and makes others of them that name nobody (WI2). */
export function TellSheet(props: {
  open: boolean
  home: Home | null
  onClose: () => void
  onDone: () => void
}) {
  const { open, home, onClose, onDone } = props
  const { t } = useTranslation()
  const tell = useToast()
  const [id, setId] = useState(newId)
  const [words, setWords] = useState('')
  const [kind, setKind] = useState<Kind>('thing')
  const [place, setPlace] = useState<Home>()
  const [choosing, setChoosing] = useState(false)
  const [missing, setMissing] = useState(false)
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string>()
  const where = place ?? home
  const send = async () => {
    setMissing(words.trim().length < 2)
    if (words.trim().length < 2) return
    if (!where) return setChoosing(true)
    setBusy(true)
    setWrong(undefined)
    try {
      await tellWish({ id, words: words.trim(), kind, path: where.path })
      tell(t('wish.after.tell'))
      setId(newId())
      setWords('')
      onClose()
      onDone()
    } catch (error) {
      setWrong(wrongWords(t, error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Sheet
        title={t('wish.tell')}
        open={open && !choosing}
        onClose={onClose}
        footer={
          <Button wide kind="primary" busy={busy} onClick={() => void send()}>
            {t('wish.send.tell')}
          </Button>
        }
      >
        <TextArea
          label={t('wish.words')}
          hint={t('wish.words_hint')}
          value={words}
          maxLength={500}
          error={missing && t('wish.missing')}
          onChange={(event) => setWords(event.target.value)}
        />
        <Select
          label={t('wish.kind_label')}
          value={kind}
          onChange={(event) => setKind(event.target.value as Kind)}
        >
          {kinds.map((one) => (
            <option key={one} value={one}>
              {t(`wish.kind.${one}`)}
            </option>
          ))}
        </Select>
        <Button wide onClick={() => setChoosing(true)}>
          {where ? t('wish.where', { place: where.names[0] ?? '' }) : t('wish.choose')}
        </Button>
        <p className="lost" role="alert" hidden={!wrong}>
          {wrong}
        </p>
      </Sheet>
      <PlaceSheet
        title={t('place.home')}
        open={choosing}
        onClose={() => setChoosing(false)}
        onChoose={(one) => {
          setPlace(one)
          setChoosing(false)
        }}
      />
    </>
  )
}
