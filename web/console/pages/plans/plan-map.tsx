import { type PointerEvent, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlanMap as Drawing, Side } from '#liaison/lists-contract.ts'
import { dotNear, dotsOf, groundOf, linesOf, paper, partOf, pointsText, projectionOf } from './drawing.ts'
import type { Dot, Spot } from './drawing.ts'
import './plan-map.css'

export type Taken = { unit: string; to?: string }

/**
 * One side of a plan, drawn from our own ground. With `onTake` a stairwell can be taken by the pointer and drawn to a person; the
 * same can be done in the form beside it, which is how the keyboard and the screen reader do it.
 */
export function PlanMap(props: {
  map: Drawing
  side: Side
  label: string
  /** What is being moved. */
  taken?: Taken | undefined
  onTake?: ((taken: Taken) => void) | undefined
  onPerson?: ((person: string) => void) | undefined
}) {
  const { map, side, label, taken, onTake, onPerson } = props
  const { t } = useTranslation()
  const svg = useRef<SVGSVGElement>(null)
  const [drag, setDrag] = useState<{ unit: string; at: Spot }>()
  const drawn = useMemo(() => {
    const projection = projectionOf(map)
    const dots = dotsOf(map, side, projection)
    return { projection, dots, lines: linesOf(map, side, dots, projection) }
  }, [map, side])
  const { projection, dots, lines } = drawn

  const spotOf = (event: PointerEvent): Spot => {
    const box = svg.current?.getBoundingClientRect()
    if (!box) return { x: 0, y: 0 }
    const scale = paper.width / box.width
    return { x: (event.clientX - box.left) * scale, y: (event.clientY - box.top) * scale }
  }
  const onDown = (unit: string) => (event: PointerEvent) => {
    if (!onTake) return
    event.preventDefault()
    svg.current?.setPointerCapture(event.pointerId)
    setDrag({ unit, at: spotOf(event) })
  }
  const onMove = (event: PointerEvent) => drag && setDrag({ ...drag, at: spotOf(event) })
  const onUp = (event: PointerEvent) => {
    if (!drag) return
    const over = dotNear(dots.values(), spotOf(event))
    setDrag(undefined)
    onTake?.({ unit: drag.unit, ...(over && { to: over.id }) })
  }
  const over = drag && dotNear(dots.values(), drag.at)
  const start = drag && map.units.find(({ path }) => path === drag.unit)
  return (
    <svg
      ref={svg}
      className={onTake ? 'plan-map can-take' : 'plan-map'}
      viewBox={`0 0 ${paper.width} ${paper.height}`}
      role="img"
      aria-label={label}
      onPointerMove={onMove}
      onPointerUp={onUp}
      onPointerCancel={() => setDrag(undefined)}
    >
      {map.compounds.map(({ path }) => {
        const ground = groundOf(map, path, projection)
        return ground && <rect key={path} className="ground" rx="3" {...ground} />
      })}
      <Units map={map} side={side} projection={projection} taken={taken} onDown={onDown} />
      {lines.map((line) => (
        <path
          key={`${line.unit} ${line.person}`}
          className={`way ${line.kind}`}
          d={`M${line.from.x.toFixed(1)} ${line.from.y.toFixed(1)}L${line.to.x.toFixed(1)} ${line.to.y.toFixed(1)}`}
        />
      ))}
      {drag && start && (
        <path
          className="way hand"
          d={`M${projection.spot(start.at).x} ${projection.spot(start.at).y}L${(over?.at ?? drag.at).x} ${(over?.at ?? drag.at).y}`}
        />
      )}
      {[...dots.values()].map((dot) => (
        <circle
          key={dot.id}
          className={`who${dot.over ? ' over' : ''}${dot.id === taken?.to || dot === over ? ' taken' : ''}`}
          cx={dot.at.x}
          cy={dot.at.y}
          r={dot.over ? 4.6 : 3.6}
          onClick={() => onPerson?.(dot.id)}
        >
          <title>{t('plans.dot', { name: dot.name, count: loadOf(map, dot, side) })}</title>
        </circle>
      ))}
      {map.compounds.map(({ path, name }) => {
        const ground = groundOf(map, path, projection)
        return (
          ground && (
            <text key={path} className="place-name" x={ground.x + 6} y={Math.max(12, ground.y - 3)}>
              {name}
            </text>
          )
        )
      })}
      {taken?.to && dots.get(taken.to) && <Name dot={dots.get(taken.to)!} />}
    </svg>
  )
}

function loadOf(map: Drawing, dot: Dot, side: Side): number {
  const person = map.people.find(({ id }) => id === dot.id)
  return (side === 'now' ? person?.now : person?.planned) ?? 0
}

function Name({ dot }: { dot: Dot }) {
  const left = dot.at.x > paper.width - 60
  return (
    <text
      className="who-name"
      x={dot.at.x + (left ? -8 : 8)}
      y={dot.at.y + 4}
      textAnchor={left ? 'end' : 'start'}
    >
      {dot.name}
    </text>
  )
}

/** Stairwells, each its part of the building; one that nobody has stands out. */
function Units(props: {
  map: Drawing
  side: Side
  projection: ReturnType<typeof projectionOf>
  taken: Taken | undefined
  onDown: (unit: string) => (event: PointerEvent) => void
}) {
  const { map, side, projection, taken, onDown } = props
  const { t } = useTranslation()
  return map.buildings.map(({ path, name, outline }) => {
    const inside = map.units.filter((unit) => unit.path.startsWith(path))
    if (inside.length === 0)
      return <polygon key={path} className="unit empty" points={pointsText(outline.map(projection.spot))} />
    return inside.map((unit, at) => {
      const nobody = unit.shares.some((share) => share.side === side && share.person === null)
      const classes = ['unit', nobody && 'nobody', taken?.unit === unit.path && 'taken'].filter(Boolean)
      return (
        <polygon
          key={unit.path}
          className={classes.join(' ')}
          data-unit={unit.path}
          points={pointsText(partOf(outline, at, inside.length, projection.spot(unit.at), projection))}
          onPointerDown={onDown(unit.path)}
        >
          <title>{t('plans.unitDot', { place: `${name}${unit.name}`, count: unit.households })}</title>
        </polygon>
      )
    })
  })
}
