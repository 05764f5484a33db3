import { useSyncExternalStore } from 'react'

/** How far photos and voice notes got on their way to the server, while this page is open. */

export type Way = {
  /** Bytes that have arrived from the beginning on. */
  received: number
  /** Of the whole, 0 to 1. */
  share: number
  /** The line broke; it goes on from here once it is back. */
  broken: boolean
}

const ways = new Map<string, Way>()
const listeners = new Set<() => void>()

function set(id: string, way: Way | undefined): void {
  if (way) ways.set(id, way)
  else ways.delete(id)
  for (const listener of listeners) listener()
}

export function wayOf(id: string): Way | undefined {
  return ways.get(id)
}

export function onItsWay(id: string): void {
  set(id, { received: 0, share: 0, ...ways.get(id), broken: false })
}

export function passed(id: string, received: number, whole: number): void {
  set(id, { received, share: whole > 0 ? received / whole : 1, broken: false })
}

/** It did not get through now; what was refused is forgotten, because nothing of it stays there. */
export function stopped(id: string, broken: boolean): void {
  const way = ways.get(id)
  set(id, broken && way ? { ...way, broken } : undefined)
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useWay(id: string): Way | undefined {
  return useSyncExternalStore(listen, () => ways.get(id))
}

/** How many of these wait for the line. */
export function useBroken(ids: string[]): number {
  return useSyncExternalStore(listen, () => ids.filter((id) => ways.get(id)?.broken).length)
}
