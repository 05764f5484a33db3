/**
 * What Open311 GeoReport v2 asks of answers, as JSON Schema in our own words from https://wiki.open311.org/GeoReport_v2:
 * which fields there must be, what each may hold. Apart from the contracts of the code under test.
 */

const text = { type: ['string', 'null'] }
const time = { type: ['string', 'null'], format: 'date-time' }
const degrees = (most: number) => ({ type: ['number', 'null'], minimum: -most, maximum: most })

export const services = {
  type: 'array',
  items: {
    type: 'object',
    required: ['service_code', 'service_name', 'description', 'metadata', 'type', 'keywords', 'group'],
    properties: {
      service_code: { type: 'string', minLength: 1 },
      service_name: { type: 'string', minLength: 1 },
      description: text,
      metadata: { type: 'boolean' },
      type: { enum: ['realtime', 'batch', 'blackbox'] },
      keywords: text,
      group: text,
    },
  },
}

export const serviceDefinition = {
  type: 'object',
  required: ['service_code', 'attributes'],
  properties: {
    service_code: { type: 'string' },
    attributes: {
      type: 'array',
      items: {
        type: 'object',
        required: ['variable', 'code', 'datatype', 'required', 'order', 'description'],
        properties: {
          variable: { type: 'boolean' },
          code: { type: 'string', minLength: 1 },
          datatype: {
            enum: ['string', 'number', 'datetime', 'text', 'singlevaluelist', 'multivaluelist'],
          },
          required: { type: 'boolean' },
          datatype_description: text,
          order: { type: 'integer', minimum: 1 },
          description: text,
          values: {
            type: 'array',
            minItems: 1,
            items: {
              type: 'object',
              required: ['key', 'name'],
              properties: { key: { type: 'string' }, name: { type: 'string' } },
            },
          },
        },
      },
    },
  },
}

export const requests = {
  type: 'array',
  items: {
    type: 'object',
    required: ['service_request_id', 'status', 'service_code', 'requested_datetime'],
    properties: {
      service_request_id: { type: 'string', minLength: 1 },
      status: { enum: ['open', 'closed'] },
      status_notes: text,
      service_name: text,
      service_code: { type: 'string' },
      description: { ...text, maxLength: 4000 },
      agency_responsible: text,
      service_notice: text,
      requested_datetime: { type: 'string', format: 'date-time' },
      updated_datetime: time,
      expected_datetime: time,
      address: text,
      address_id: text,
      zipcode: text,
      lat: degrees(90),
      long: degrees(180),
      media_url: { type: ['string', 'null'], format: 'uri' },
    },
    // Nobody who reported, and nothing that names a person, ever stands here (boundary 7).
    not: {
      anyOf: ['first_name', 'last_name', 'email', 'phone', 'account_id', 'device_id'].map((name) => ({
        required: [name],
      })),
    },
  },
}

export const posted = {
  type: 'array',
  minItems: 1,
  maxItems: 1,
  items: {
    type: 'object',
    oneOf: [{ required: ['service_request_id'] }, { required: ['token'] }],
    properties: { service_request_id: { type: 'string' }, token: { type: 'string' }, account_id: text },
  },
}

export const errors = {
  type: 'array',
  minItems: 1,
  items: {
    type: 'object',
    required: ['code', 'description'],
    properties: { code: { type: 'integer' }, description: { type: 'string', minLength: 1 } },
  },
}
