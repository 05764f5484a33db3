import { useMemo } from 'react'
import { encode } from 'uqr'
import './qr.css'

/** White around the code, in modules, that a camera needs to find it (ISO/IEC 18004). */
const quiet = 4

/** A text as a QR code, drawn here: what it holds goes to no service. Dark on white in either theme, as cameras expect. */
export function Qr({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => {
    const { size: side, data } = encode(text, { border: quiet, ecc: 'M' })
    const dark = data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : [])))
    return { size: side, path: dark.join('') }
  }, [text])
  return (
    <svg
      className="qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path className="qr-ground" d={`M0 0h${size}v${size}H0z`} />
      <path d={path} />
    </svg>
  )
}
