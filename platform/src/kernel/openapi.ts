import { z } from 'zod'
import { problems } from './problem.ts'
import type { Route } from './route.ts'

/** The OpenAPI 3.1 document, made from the route table; there is no second description to fall behind. */

type Json = Record<string, unknown>

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json
  return rest
}

const problemSchema: Json = {
  type: 'object',
  description: 'Problem document, RFC 9457',
  required: ['type', 'code', 'title', 'status', 'detail', 'instance'],
  properties: {
    type: { type: 'string', description: 'Where the code is explained' },
    code: { type: 'string', enum: Object.keys(problems), description: 'Stable code' },
    title: { type: 'string', description: 'In the language of the caller' },
    status: { type: 'integer', description: 'HTTP status' },
    detail: { type: 'string', description: 'What to do about it' },
    instance: { type: 'string', description: 'Request id, to be quoted' },
    field: { type: 'string', description: 'The field it is about' },
    expected: { type: 'string', description: 'What was expected there' },
    errors: {
      type: 'array',
      description: 'Every wrong field',
      items: {
        type: 'object',
        description: 'One wrong field',
        properties: {
          field: { type: 'string', description: 'Path of the field' },
          message: { type: 'string', description: 'What was expected' },
        },
      },
    },
  },
}

function parameters(schema: z.ZodType | undefined, where: 'path' | 'query'): Json[] {
  if (!schema) return []
  const object = schemaOf(schema, 'input') as { properties?: Record<string, Json>; required?: string[] }
  return Object.entries(object.properties ?? {}).map(([name, { description, ...property }]) => ({
    name,
    in: where,
    required: where === 'path' || (object.required?.includes(name) ?? false),
    description,
    schema: property,
  }))
}

function requestBody(route: Route): Json | undefined {
  if (route.uploadBytes) {
    const fields = route.body ? (schemaOf(route.body, 'input') as { properties?: Json }).properties : {}
    const schema = {
      type: 'object',
      description: 'The file and what goes with it',
      required: ['file'],
      properties: { ...fields, file: { type: 'string', format: 'binary', description: 'The file' } },
    }
    return { required: true, content: { 'multipart/form-data': { schema } } }
  }
  const mediaType = route.form ? 'application/x-www-form-urlencoded' : 'application/json'
  return route.body
    ? { required: true, content: { [mediaType]: { schema: schemaOf(route.body, 'input') } } }
    : undefined
}

function operation(route: Route): Json {
  const status = String(route.output ? (route.status ?? 200) : 204)
  const headers = route.ifMatch
    ? [
        {
          name: 'If-Match',
          in: 'header',
          required: true,
          description: 'The version you saw',
          schema: { type: 'string' },
        },
      ]
    : []
  const body = requestBody(route)
  return {
    operationId: `${route.method.toLowerCase()}${route.path.replace(/[/:{}.-]+(\w)?/g, (_, letter: string | undefined) => letter?.toUpperCase() ?? '')}`,
    summary: route.summary,
    tags: [route.allow.split('.')[0]],
    'x-ability': route.allow,
    security: [{}, { session: [] }],
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query'), ...headers],
    ...(body && { requestBody: body }),
    responses: {
      [status]: route.output
        ? {
            description: 'Done',
            content: {
              [route.stream ? 'text/event-stream' : 'application/json']: {
                schema: schemaOf(route.output, 'output'),
              },
            },
          }
        : { description: 'Done' },
      '4XX': route.wire
        ? {
            description: 'What is wrong',
            content: { 'application/json': { schema: schemaOf(route.wire.refusal, 'output') } },
          }
        : { $ref: '#/components/responses/Problem' },
    },
  }
}

/** @returns the document as plain JSON; properties carry the descriptions of their contracts. */
export function openapi(routes: readonly Route[], version: string): Json {
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Chuanmen',
      version,
      description: 'Community service in grids: every request gets an answer.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'This installation' }],
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'chuanmen_session' } },
      schemas: { Problem: problemSchema },
      responses: {
        Problem: {
          description: 'What is wrong',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  }
}
