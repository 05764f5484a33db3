import { z } from 'zod'

/**
 * Contracts of Open311 GeoReport v2 in our own words (https://wiki.open311.org/GeoReport_v2): what comes in by query and
 * form, what goes out. Names are those of the specification.
 */

/** Every path ends in its format. */
const format = z.enum(['xml', 'json']).describe('Format of the answer')
export const formatSchema = z.object({ format })

const serviceCode = z.string().regex(/^[A-Z]\d{2}$/)
const requestCode = /^[A-Z]{2,4}-\d{4}-\d{6}$/
const listOf = (item: RegExp, most: number) =>
  z
    .string()
    .max(most * 24)
    .refine((text) => {
      const parts = text.split(',').map((part) => part.trim())
      return parts.length <= most && parts.every((part) => item.test(part))
    })

export const serviceSchema = z.object({
  service_code: z.string().describe('Code of the service'),
  service_name: z.string().describe('Name of the service'),
  description: z.string().nullable().describe('What it is for'),
  metadata: z.boolean().describe('Whether its definition asks something'),
  type: z.literal('realtime').describe('A new request has its id at once'),
  keywords: z.string().nullable().describe('`private` where nothing is public before it is cleared'),
  group: z.string().nullable().describe('Group of services'),
})
export type Service = z.infer<typeof serviceSchema>
export const servicesSchema = z.array(serviceSchema)

export const definitionPathSchema = z.object({ id: serviceCode.describe('Code of the service'), format })

export const datatypes = [
  'string',
  'number',
  'datetime',
  'text',
  'singlevaluelist',
  'multivaluelist',
] as const

export const attributeSchema = z.object({
  variable: z.boolean().describe('False where the program fills it in and nobody is asked'),
  code: z.string().describe('Code, for `attribute[CODE]`'),
  datatype: z.enum(datatypes).describe('Kind of value'),
  required: z.boolean().describe('Whether a request needs it'),
  datatype_description: z.string().nullable().describe('A hint for whoever answers'),
  order: z.int().describe('Place in the order, from 1'),
  description: z.string().describe('What is asked'),
  values: z
    .array(
      z.object({
        key: z.string().describe('What is sent'),
        name: z.string().describe('What is shown'),
      }),
    )
    .optional()
    .describe('What can be chosen, for lists'),
})
export type Attribute = z.infer<typeof attributeSchema>

export const definitionSchema = z.object({
  service_code: z.string().describe('Code of the service'),
  attributes: z.array(attributeSchema).describe('What is asked'),
})

/** W3C date and time: https://www.w3.org/TR/NOTE-datetime. A `+` that lost its escape arrives as a space. */
const dateTime = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+\- ]\d\d:?\d\d)$/)

const jurisdiction = z.string().max(40).optional().describe('Code of the district; may be left out')
const apiKey = z.string().max(100).optional().describe('Key of the program')
const page = {
  page: z.coerce.number().int().min(1).max(1000).default(1).describe('Page, from 1'),
  page_size: z.coerce.number().int().min(1).max(1000).default(1000).describe('Requests in a page'),
}
const window = {
  start_date: dateTime.optional().describe('Not earlier'),
  end_date: dateTime.optional().describe('Not later'),
}

export const jurisdictionSchema = z.object({ jurisdiction_id: jurisdiction, api_key: apiKey })

export const requestsQuerySchema = z.object({
  service_request_id: listOf(requestCode, 100)
    .optional()
    .describe('Ids, comma-separated; every other condition is then left aside'),
  service_code: listOf(/^[A-Z]\d{2}$/, 100)
    .optional()
    .describe('Services, comma-separated'),
  ...window,
  status: z
    .enum(['open', 'closed', 'open,closed', 'closed,open'])
    .optional()
    .describe('open, closed or both'),
  ...page,
  jurisdiction_id: jurisdiction,
  api_key: apiKey,
})
export type RequestsQuery = z.infer<typeof requestsQuerySchema>

export const requestPathSchema = z.object({
  id: z.string().regex(requestCode).describe('service_request_id'),
  format,
})

const out = (what: string) => z.string().nullable().describe(what)
const instant = z.iso.datetime()

export const requestSchema = z.object({
  service_request_id: z.string().describe('Short code of the request'),
  status: z.enum(['open', 'closed']).describe('Closed once nobody owes anything'),
  status_notes: out('What the state means'),
  service_name: out('Name of the service'),
  service_code: z.string().describe('Code of the service'),
  title: out('Short name, once cleared'),
  description: z.string().max(4000).nullable().describe('Cleared words, else a neutral sentence'),
  agency_responsible: out('Who answers for it, or answered'),
  service_notice: out('What will happen'),
  requested_datetime: instant.describe('When it was said'),
  updated_datetime: instant.nullable().describe('Last change that everybody may know'),
  expected_datetime: instant.nullable().describe('By when it is due'),
  address: out('Compound or community; never a dwelling'),
  address_id: out('Its code'),
  zipcode: out('Not kept'),
  lat: z.number().nullable().describe('Middle of the compound, WGS-84'),
  long: z.number().nullable().describe('Middle of the compound, WGS-84'),
  media_url: out('Photos are not public'),
})
export type PublicRequest = z.infer<typeof requestSchema>
export const requestsSchema = z.array(requestSchema)

const line = (max: number) => z.string().trim().max(max).optional()
const links = z.union([z.string().max(1000), z.array(z.string().max(1000)).max(9)])

export const postSchema = z.object({
  service_code: z.string().max(20).describe('Code of the service'),
  description: z.string().trim().min(1).max(4000).describe('What is said'),
  lat: z.coerce.number().min(-90).max(90).optional().describe('Latitude, WGS-84'),
  long: z.coerce.number().min(-180).max(180).optional().describe('Longitude, WGS-84'),
  address_string: line(255).describe('Where, in words'),
  address_id: line(40).describe('Code of an area'),
  attribute: z
    .record(z.string().max(60), z.array(z.string().max(1000)).max(20))
    .default({})
    .describe('`attribute[CODE]=value`, several times for several values'),
  first_name: line(40).describe('Name of the reporter'),
  last_name: line(40).describe('Name of the reporter'),
  phone: line(40).describe('Phone of the reporter; kept when it is a mobile number of 11 digits'),
  email: line(255).describe('Read past: this installation does not keep it'),
  account_id: line(255).describe('Given back as it came; not kept'),
  device_id: line(255).describe('Read past: this installation does not keep it'),
  media_url: links.optional().describe('Addresses of photos; noted for the desk, never fetched'),
  jurisdiction_id: jurisdiction,
  api_key: apiKey,
})
export type Post = z.infer<typeof postSchema>

export const postedSchema = z
  .array(
    z.object({
      service_request_id: z.string().optional().describe('Short code of the request'),
      token: z.string().optional().describe('To ask for the id with, for keys that want a token'),
      service_notice: out('What will happen'),
      account_id: out('As it came'),
    }),
  )
  .describe('One')

export const tokenPathSchema = z.object({ id: z.uuid().describe('Token'), format })
export const tokenSchema = z
  .array(
    z.object({
      service_request_id: z.string().describe('Short code of the request'),
      token: z.string().describe('The token asked for'),
    }),
  )
  .describe('One')

export const updatesQuerySchema = z.object({
  ...window,
  ...page,
  jurisdiction_id: jurisdiction,
  api_key: apiKey,
})

export type UpdatesQuery = z.infer<typeof updatesQuerySchema>

/** `open` and `closed` of the specification, and the further states of mySociety's extension. */
export const updateStatuses = [
  'open',
  'investigating',
  'in_progress',
  'closed',
  'fixed',
  'not_councils_responsibility',
  'duplicate',
  'cancelled',
] as const
export type UpdateStatus = (typeof updateStatuses)[number]

export const updatesSchema = z.array(
  z.object({
    update_id: z.string().describe('Id of the update'),
    service_request_id: z.string().describe('Short code of the request'),
    status: z.enum(updateStatuses).describe('State after it'),
    updated_datetime: instant.describe('When'),
    description: z.string().describe('In words'),
    external_status_code: z.string().describe('State in the words of docs/LIFECYCLE.md'),
  }),
)

export const updatePostSchema = z.object({
  update_id: z.string().trim().min(1).max(100).describe('Id at the sender; the same one twice is one update'),
  service_request_id: z.string().trim().regex(requestCode).describe('Short code of the request'),
  description: z.string().trim().max(4000).default('').describe('What the reporter adds'),
  status: line(40).describe('Read past: whether it is solved is the word of the reporter alone'),
  updated_datetime: line(40).describe('Read past: the time is that of arrival'),
  title: line(40).describe('Read past'),
  first_name: line(120).describe('Read past: the reporter is known from the request'),
  last_name: line(120).describe('Read past'),
  email: line(255).describe('Read past'),
  phone: line(40).describe('Read past'),
  account_id: line(255).describe('Read past'),
  media_url: links.optional().describe('Addresses of photos; noted for the desk, never fetched'),
  jurisdiction_id: jurisdiction,
  api_key: apiKey,
})
export type UpdatePost = z.infer<typeof updatePostSchema>

export const updatePostedSchema = z
  .array(z.object({ update_id: z.string().describe('Id of the update here') }))
  .describe('One')

export const errorsSchema = z
  .array(
    z.object({
      code: z.int().describe('HTTP status'),
      description: z.string().describe('What is wrong'),
    }),
  )
  .describe('Every wrong thing')

export const discoverySchema = z.object({
  changeset: instant.describe('When services or definitions changed last'),
  contact: z.string().describe('Whom to ask'),
  key_service: z.string().describe('How to get a key'),
  endpoints: z
    .array(
      z.object({
        specification: z.string().describe('What it follows'),
        url: z.string().describe('Where it is'),
        changeset: instant.describe('When services or definitions changed last'),
        type: z.enum(['production', 'test']).describe('Whether it is real'),
        formats: z.array(z.string()).describe('Media types'),
      }),
    )
    .describe('Where Open311 is spoken'),
})

export const bulkQuerySchema = z.object({ ...window, jurisdiction_id: jurisdiction, api_key: apiKey })
