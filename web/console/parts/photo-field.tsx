import { ImagePlus, X } from 'lucide-react'
import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '#web/api/ids.ts'
import { attachmentUrl, uploadAttachment } from '#web/api/requests.ts'
import { Button } from '#web/ui/button.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { ProblemNote } from './problem-note.tsx'

const most = 9

/** Photos for an entry, uploaded at once; the server checks them and takes the EXIF out. Never demanded (boundary 11). */
export function PhotoField({
  label,
  value,
  onChange,
}: {
  label: string
  value: string[]
  onChange: (ids: string[]) => void
}) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const upload = useMutation({
    mutationFn: async (files: File[]) => {
      const done: string[] = []
      for (const file of files) {
        const id = newId()
        await uploadAttachment(id, 'photo', file, file.name)
        done.push(id)
      }
      return done
    },
    onSuccess: (done) => onChange([...value, ...done].slice(0, most)),
  })
  return (
    <div className="photo-field">
      <input
        ref={input}
        type="file"
        accept="image/jpeg,image/png,image/webp"
        multiple
        hidden
        aria-label={label}
        onChange={(event) => {
          upload.mutate([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      <Button small icon={ImagePlus} busy={upload.isPending} onClick={() => input.current?.click()}>
        {label}
      </Button>
      {value.length > 0 && (
        <ul className="pics">
          {value.map((id, index) => (
            <li key={id}>
              <img
                src={attachmentUrl(id)}
                alt={t('story.seePhoto', { number: index + 1 })}
                width={104}
                height={78}
              />
              <button
                type="button"
                aria-label={t('field.removePhoto', { number: index + 1 })}
                onClick={() => onChange(value.filter((other) => other !== id))}
              >
                <Icon of={X} size="s" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <ProblemNote error={upload.error} />
    </div>
  )
}
