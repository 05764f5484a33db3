import { useMatch, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useNarrow } from './narrow.ts'

/**
 * Like a mail client: the first of a list is open when none was asked for. Not where it would hide the list, and not for
 * who is already on the way to another page: while that page is being fetched this one still stands, and opening
 * something here would call them back.
 *
 * @param first of the list, or nothing while it is on its way or something else is open.
 */
export function useFirstOpen(first: string | undefined, open: (first: string) => void): void {
  const router = useRouter()
  const narrow = useNarrow()
  const here = useMatch({ strict: false, select: ({ pathname }) => pathname })
  useEffect(() => {
    if (first !== undefined && !narrow && router.latestLocation.pathname === here) open(first)
  }, [first, open, router, narrow, here])
}
