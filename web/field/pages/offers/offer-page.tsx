import { Phone, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { Button, ButtonLink } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { Bar, Screen, Top } from '#web/ui/screen.tsx'
import { Empty } from '#web/ui/states.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { useStillHere } from '#web/ui/still-here.ts'
import { useBook } from '../../kept/book.ts'
import { entryOf } from '../../kept/entry.ts'
import { type Offer, offerById } from './offers.ts'
import { useDoing } from '../../parts/doing.ts'
import { useKeptDraft } from '../../parts/kept-draft.ts'
import { Problem } from '../../parts/problem.tsx'
import { useTaken } from '../../parts/taken.ts'
import { WordsAndFiles } from '../../parts/words-and-files.tsx'
import { paths } from '../../paths.ts'
import { useTitle } from '../../title.ts'
import { GiveBack } from './give-back.tsx'
import { OfferFacts } from './offer-facts.tsx'
import './words.ts'
import './offers.css'

/** What was said and where, once it is one's own; before the yes has arrived only what was asked. */
function About({ offer }: { offer: Offer }) {
  const { t } = useTranslation('offers')
  const { phone, name } = offer.desk
  return (
    <Card pad className="offer-about">
      <h2>{offer.title ?? offer.words}</h2>
      {offer.said && <p className="offer-said">{offer.said}</p>}
      <OfferFacts offer={offer} />
      {offer.pending && <p className="offer-pending">{t('offer.pending_why')}</p>}
      {phone ? (
        <ButtonLink href={`tel:${phone}`} icon={Phone}>
          {t('offer.call', { name })}
        </ButtonLink>
      ) : (
        <p className="offer-desk">{t('offer.desk', { name })}</p>
      )}
    </Card>
  )
}

/** A small want that one took: answer with words and a photo, or give it back. Works without a line like everything here. */
export function OfferPage({ id }: { id: string }) {
  const { t } = useTranslation('offers')
  useTitle(t('offer.title'))
  const offer = offerById(useBook(), id)
  const [, go] = useLocation()
  const tell = useToast()
  const doing = useDoing()
  const stillHere = useStillHere()
  const [draft, change, forget] = useKeptDraft(`offer-${id}`, { words: '' })
  const taken = useTaken()
  const [back, setBack] = useState(false)
  const top = <Top title={t('offer.title')} onBack={() => history.back()} />
  if (!offer?.mine)
    return (
      <Screen top={top}>
        <Empty title={t('offer.gone')} why={t('offer.gone_why')} />
      </Screen>
    )
  const goOn = () => {
    if (stillHere()) go(paths.today())
  }
  const save = () => {
    const words = taken.said(draft.words)
    if (!words) return undefined
    return void doing.run(async () => {
      await taken.keep(entryOf('offer.done', { offer: id, words, files: taken.kept.map((file) => file.id) }))
      await forget()
      tell(t('offer.done_kept'))
      goOn()
    })
  }
  return (
    <Screen
      top={top}
      bar={
        <Bar>
          <Button kind="primary" wide onClick={save} busy={doing.busy}>
            {t('offer.done')}
          </Button>
          <p className="under">{t('offer.done_why')}</p>
        </Bar>
      }
    >
      <Problem error={doing.error} />
      <About offer={offer} />
      <WordsAndFiles
        label={t('offer.done_words')}
        words={draft.words}
        onWords={(words) => change({ words })}
        files={taken.files}
        onFiles={taken.onFiles}
      />
      {taken.missing && (
        <p className="lost" role="alert">
          {t('offer.missing')}
        </p>
      )}
      <Button kind="quiet" icon={Undo2} onClick={() => setBack(true)}>
        {t('offer.give_back')}
      </Button>
      <GiveBack offer={offer} open={back} onClose={() => setBack(false)} onDone={goOn} />
    </Screen>
  )
}
