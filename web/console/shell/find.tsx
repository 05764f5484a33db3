import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { type KeyboardEvent, useCallback, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '#web/ui/icon.tsx'
import { Marked } from '#web/ui/marked.tsx'
import { Key } from '#web/ui/words.tsx'
import { requestsFound } from '../data/requests.ts'
import { useKeys } from '../pages/inbox/keys.tsx'
import { ListBox } from '../parts/listbox.tsx'
import { paths } from '../paths.ts'
import { lifecycleWord } from '../words.ts'

/** Long enough that a word is typed to its end before it is searched for, in milliseconds. */
const pause = 250

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pause)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

/** Finds requests by text, place, code or people, from every page: the first while one types, all of them by Enter. */
export function Find() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const current =
    useSearch({ strict: false, select: (search) => ('q' in search ? search.q : undefined) }) ?? ''
  const input = useRef<HTMLInputElement>(null)
  const list = useId()
  const [typed, setTyped] = useState(current)
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(-1)
  const wanted = useSettled(typed.trim())
  const isAsked = open && wanted.length >= 2 && wanted !== current
  const found = useQuery({ ...requestsFound(wanted), enabled: isAsked })
  const items = isAsked ? (found.data?.items ?? []) : []

  // What the page shows is what the field says.
  const [shown, setShown] = useState(current)
  if (shown !== current) {
    setShown(current)
    setTyped(current)
  }

  useKeys(
    useCallback((key) => {
      if (key !== '/') return false
      input.current?.focus()
      input.current?.select()
      return true
    }, []),
  )

  function leave() {
    setOpen(false)
    setAt(-1)
    input.current?.blur()
  }
  function go(id: string | undefined) {
    if (!id) return
    leave()
    setTyped(current)
    void navigate({ to: paths.inbox, params: { id }, search: { queue: 'all' } })
  }
  function searchAll() {
    const q = typed.trim().slice(0, 100)
    leave()
    void navigate({
      to: paths.inbox,
      params: { id: undefined },
      search: q ? { queue: 'all', q } : { queue: 'all' },
    })
  }

  function onKeyDown(event: KeyboardEvent) {
    // Enter may belong to the input method, which is still choosing characters.
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, items.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, -1))
    else if (event.key === 'Enter') {
      const exact = items.find(({ code }) => code === typed.trim().toUpperCase())
      if (items[at] ?? exact) go((items[at] ?? exact)?.id)
      else searchAll()
    } else if (event.key === 'Escape') {
      setTyped(current)
      leave()
    } else return
    event.preventDefault()
  }

  return (
    <search className="find">
      <label className="find-box">
        <Icon of={Search} size="s" />
        <span className="vh">{t('find.label')}</span>
        <input
          ref={input}
          role="combobox"
          aria-expanded={isAsked}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={items[at] ? `${list}-${at}` : undefined}
          autoComplete="off"
          spellCheck={false}
          maxLength={100}
          enterKeyHint="search"
          placeholder={t('find.placeholder')}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
            setOpen(true)
            setAt(-1)
          }}
          onKeyDown={onKeyDown}
          onBlur={() => setOpen(false)}
        />
        <Key>/</Key>
      </label>
      <div className="find-list" hidden={!isAsked}>
        <ListBox
          id={list}
          label={t('find.label')}
          items={items}
          keyOf={(item) => item.id}
          marked={at}
          hidden={items.length === 0}
          onChoose={(item) => go(item.id)}
        >
          {(item) => (
            <>
              <Marked text={item.title} ranges={item.hit.title} />
              <small>
                {t('find.line', {
                  code: item.code,
                  place: item.place,
                  state: lifecycleWord(t, `state.${item.state}`),
                })}
              </small>
            </>
          )}
        </ListBox>
        {found.isSuccess && items.length === 0 && <p>{t('find.none', { q: wanted })}</p>}
        {found.isError && <p>{t('find.failed')}</p>}
        {items.length > 0 && (
          <button
            type="button"
            className="find-all"
            // Before the field loses focus and closes the list.
            onPointerDown={(event) => {
              event.preventDefault()
              searchAll()
            }}
          >
            {t('find.all', { q: typed.trim() })}
            <Key>Enter</Key>
          </button>
        )}
      </div>
    </search>
  )
}
