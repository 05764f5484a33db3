import type { Declared } from './declare.ts'

/** Areas and organisations: of no person. */
export const org = {
  personal: {},
  notPersonal: {
    area: ['path', 'code', 'kind', 'parent_path', 'name', 'village', 'lon', 'lat', 'grid_kind'],
    area_level: ['kind', 'under'],
    grid_part: ['id', 'part_path', 'grid_path', 'valid_from', 'valid_until'],
    building: ['path', 'floors', 'units', 'footprint'],
    district: ['name', 'code_prefix'],
    // The phone of an organisation is that of its desk.
    organisation: [
      'id',
      'kind',
      'name',
      'short_name',
      'parent_id',
      'path',
      'desk_level',
      'phone',
      'active',
      'version',
    ],
  },
} as const satisfies Declared
