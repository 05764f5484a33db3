import { useEffect, useState } from 'react'
import { language } from '#web/ui/i18n.ts'

/**
 * Reads a page aloud with the voices the phone has itself; nothing is sent anywhere. `able` is false where the phone has
 * no voice for the language: then the button is not shown.
 */
export function useReadAloud(text: () => string): { able: boolean; speaking: boolean; toggle: () => void } {
  const [able, setAble] = useState(false)
  const [speaking, setSpeaking] = useState(false)
  useEffect(() => {
    const voices = globalThis.speechSynthesis as SpeechSynthesis | undefined
    if (!voices) return undefined
    const look = () =>
      setAble(
        voices
          .getVoices()
          .some((voice) => voice.localService && voice.lang.startsWith(language().slice(0, 2))),
      )
    look()
    voices.addEventListener('voiceschanged', look)
    return () => {
      voices.removeEventListener('voiceschanged', look)
      voices.cancel()
    }
  }, [])
  const toggle = () => {
    speechSynthesis.cancel()
    if (speaking) return setSpeaking(false)
    const utterance = new SpeechSynthesisUtterance(text())
    utterance.lang = language()
    utterance.rate = 0.9
    utterance.addEventListener('end', () => setSpeaking(false))
    utterance.addEventListener('error', () => setSpeaking(false))
    setSpeaking(true)
    speechSynthesis.speak(utterance)
  }
  return { able, speaking, toggle }
}
