import { useEffect, useRef, useState } from 'react'

export type Recorded = { blob: Blob; seconds: number }

/** The longest voice note; the server refuses more. */
export const longest = 120

/** What this browser can record; Safari knows only the second. */
const kinds = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus']

type State = {
  recording: boolean
  seconds: number
  /** the microphone was refused or is missing */ refused: boolean
}

/** Records a voice note. `able` is false where there is no recorder at all (then the button is not shown). */
export function useRecorder(
  onDone: (note: Recorded) => void,
): State & { able: boolean; start: () => void; stop: () => void } {
  const [state, setState] = useState<State>({ recording: false, seconds: 0, refused: false })
  const recorder = useRef<MediaRecorder>(undefined)
  const wanted = useRef(false)
  const able = typeof MediaRecorder !== 'undefined' && Boolean((navigator as Partial<Navigator>).mediaDevices)

  useEffect(() => {
    if (!state.recording) return undefined
    const timer = setInterval(() => setState((now) => ({ ...now, seconds: now.seconds + 1 })), 1000)
    const end = setTimeout(() => recorder.current?.stop(), longest * 1000)
    return () => {
      clearInterval(timer)
      clearTimeout(end)
    }
  }, [state.recording])
  useEffect(() => () => recorder.current?.stream.getTracks().forEach((track) => track.stop()), [])

  const start = async () => {
    wanted.current = true
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
      const mimeType = kinds.find((kind) => MediaRecorder.isTypeSupported(kind))
      const mine = new MediaRecorder(stream, { ...(mimeType && { mimeType }), audioBitsPerSecond: 24_000 })
      const parts: Blob[] = []
      const began = performance.now()
      mine.addEventListener('dataavailable', ({ data }) => parts.push(data))
      mine.addEventListener('stop', () => {
        for (const track of stream.getTracks()) track.stop()
        setState({ recording: false, seconds: 0, refused: false })
        const seconds = Math.round((performance.now() - began) / 1000)
        if (seconds >= 1) onDone({ blob: new Blob(parts, { type: mine.mimeType }), seconds })
      })
      recorder.current = mine
      mine.start()
      setState({ recording: true, seconds: 0, refused: false })
      // The finger was lifted while the phone was still asking for permission.
      if (!wanted.current) mine.stop()
    } catch {
      setState({ recording: false, seconds: 0, refused: true })
    }
  }
  const stop = () => {
    wanted.current = false
    if (recorder.current?.state === 'recording') recorder.current.stop()
  }
  return { ...state, able, start: () => void start(), stop }
}
