import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { enqueue } from '../kept/book.ts'
import { queued, type AnyEntry } from '../kept/entry.ts'
import type { Taken } from './words-and-files.tsx'

/** What was taken for what is being written, until it is kept with its entry: the one way in which photos and recordings leave a page. */
export function useTaken() {
  const { t } = useTranslation()
  const [files, onFiles] = useState<Taken[]>([])
  const [missing, setMissing] = useState(false)
  const kept = files.map(({ file }) => file)
  return {
    files,
    onFiles,
    kept,
    /** Neither words nor a file were there when they were asked for. */
    missing,
    /** The words, or those that stand for a photo or a recording alone; empty where there is neither. */
    said(words: string): string {
      const said = words.trim() || (files.length > 0 ? t('files.see') : '')
      setMissing(!said)
      return said
    },
    keep: (entry: AnyEntry) =>
      enqueue(
        queued(entry, kept),
        files.map(({ file, blob }) => ({ id: file.id, blob })),
      ),
  }
}
