import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { RequestView } from '#requests/view-contract.ts'
import { buildingsNear } from '../../data/areas.ts'

const width = 284
const height = 112
/** Metres from the left edge to the right. */
const across = 190
const metresPerDegree = 111_320

type Point = readonly [lon: number, lat: number]

/** A drawing of the buildings around the place, north up; nothing is fetched from outside (boundary 10). */
export function PlaceMap({ request }: { request: RequestView }) {
  const { t } = useTranslation()
  const near = useQuery(buildingsNear(request.path))
  const buildings = near.data?.items ?? []
  const here = buildings.find((one) => request.path.startsWith(one.path))
  const centre: Point | undefined =
    request.lon !== null && request.lat !== null
      ? [request.lon, request.lat]
      : here
        ? middle(here.footprint)
        : undefined
  if (!centre || buildings.length === 0) return null

  const scale = width / across
  const narrowing = Math.cos((centre[1] * Math.PI) / 180)
  const project = ([lon, lat]: Point) =>
    [
      width / 2 + (lon - centre[0]) * metresPerDegree * narrowing * scale,
      height / 2 + 10 - (lat - centre[1]) * metresPerDegree * scale,
    ] as const

  return (
    <svg
      className="place-map"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="xMidYMid slice"
      role="img"
      aria-label={t('facts.map', { place: request.place })}
    >
      {buildings.map((building) => {
        const corners = building.footprint.map(project)
        const left = Math.max(2, Math.min(...corners.map((corner) => corner[0]))) + 6
        // The name of the building itself makes way for the pin.
        const x = building === here && Math.abs(left + 14 - width / 2) < 32 ? width / 2 + 14 : left
        const y = project(middle(building.footprint))[1]
        return (
          <g key={building.path}>
            <polygon
              className={building === here ? 'here' : undefined}
              points={corners.map((corner) => corner.map((value) => value.toFixed(1)).join()).join(' ')}
            />
            <text x={x} y={y}>
              {building.name}
            </text>
          </g>
        )
      })}
      <g transform={`translate(${width / 2} ${height / 2 + 10})`}>
        <path className="pin" d="M0 0c-6-6.200-8-9.400-8-12.700a8 8 0 0116 0c0 3.300-2 6.500-8 12.700z" />
        <circle className="pin-eye" cy="-12.500" r="2.600" />
      </g>
    </svg>
  )
}

function middle(outline: readonly Point[]): Point {
  const corners = outline.slice(1)
  const sum = corners.reduce<[number, number]>(
    (total, [lon, lat]) => [total[0] + lon, total[1] + lat],
    [0, 0],
  )
  return [sum[0] / corners.length, sum[1] / corners.length]
}
