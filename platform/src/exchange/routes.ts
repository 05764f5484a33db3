import type { Call, Route } from '#access/route.ts'
import { route } from '#access/route.ts'
import { Download } from '#kernel/route.ts'
import {
  applySchema,
  errorsQuerySchema,
  errorsSchema,
  importListSchema,
  importParams,
  importSchema,
  keptSchema,
  mappingSchema,
  mostPartBytes,
  newImportSchema,
  pageQuerySchema,
  partSchema,
} from './contract.ts'
import type { ImportView } from './contract.ts'
import * as service from './service.ts'
import type { Deps } from './service.ts'
import { emptySheet, errorSheet, workbookType } from './sheet.ts'
import { wordsIn } from './words.ts'

const note =
  (did: string) =>
  (_: unknown, { id, path, state }: ImportView) => ({
    subjectKind: 'import',
    subject: id,
    path,
    detail: { did, state },
  })

export function importRoutes(deps: Deps): Route[] {
  const base = '/api/imports'
  return [
    route({
      method: 'POST',
      path: base,
      allow: 'register.import',
      summary: 'Begin to bring in a register as a file',
      body: newImportSchema,
      output: importSchema,
      status: 201,
      run: (call, { body }) => service.begin(deps, call, body),
      audit: note('begin'),
    }),
    route({
      method: 'GET',
      path: base,
      allow: 'register.import',
      summary: 'Registers that were brought in, newest first',
      query: pageQuerySchema,
      output: importListSchema,
      run: (call, { query }) => service.imports(call, query),
      audit: () => ({ subjectKind: 'import', detail: { did: 'list' } }),
    }),
    route({
      method: 'GET',
      path: `${base}/empty.xlsx`,
      allow: 'register.import',
      summary: 'An empty workbook with a column for each field, to be filled in',
      run: async ({ language }: Call) =>
        new Download(
          emptySheet('households', language),
          workbookType,
          `${wordsIn(language).sheet.form}.xlsx`,
        ),
      // Nobody is in it.
      audit: () => null,
    }),
    route({
      method: 'GET',
      path: `${base}/:id`,
      allow: 'register.import',
      summary: 'One import: how far it got and what it would do',
      perMinute: 600,
      params: importParams,
      output: importSchema,
      run: (call, { params }) => service.importOf(deps, call, params.id),
      // Read every second while it works; what is personal in it was masked when it was read.
      audit: () => null,
    }),
    route({
      method: 'POST',
      path: `${base}/:id/parts`,
      allow: 'register.import',
      summary: 'One part of the file; the answer tells how much has arrived',
      perMinute: 1_200,
      uploadBytes: mostPartBytes,
      params: importParams,
      body: partSchema,
      output: importSchema,
      status: 201,
      run: (call, { params, body }) => service.takePart(deps, call, params.id, body.at),
      audit: (input, output) => (output.state === 'reading' ? note('upload')(input, output) : null),
    }),
    route({
      method: 'PUT',
      path: `${base}/:id/mapping`,
      allow: 'register.import',
      summary: 'Tell what the columns hold; the check begins',
      ifMatch: true,
      params: importParams,
      body: mappingSchema,
      output: importSchema,
      run: (call, { params, body }) => service.tellMapping(call, params.id, body),
      audit: note('mapping'),
    }),
    route({
      method: 'GET',
      path: `${base}/:id/errors`,
      allow: 'register.import',
      summary: 'What is wrong in the file, cell by cell',
      params: importParams,
      query: errorsQuerySchema,
      output: errorsSchema,
      run: (call, { params, query }) => service.errorsOf(call, params.id, query),
      audit: ({ params }) => ({ subjectKind: 'import', subject: params.id, detail: { did: 'errors' } }),
    }),
    route({
      method: 'GET',
      path: `${base}/:id/errors.xlsx`,
      allow: 'register.import',
      summary: 'The rows that have to be mended as a workbook, each with its reasons',
      params: importParams,
      run: async (call: Call, { params }) => {
        const one = await service.importForSheet(call, params.id)
        const errors = service.allErrors(call, params.id)
        const name = `${one.fileName.replace(/\.[^.]*$/, '')}-errors.xlsx`
        return new Download(errorSheet({ ...deps, one, language: call.language }, errors), workbookType, name)
      },
      audit: ({ params }) => ({ subjectKind: 'import', subject: params.id, detail: { did: 'errors.xlsx' } }),
    }),
    route({
      method: 'POST',
      path: `${base}/:id/application`,
      allow: 'register.import',
      summary: 'Write it: everything or nothing, or the good rows only',
      ifMatch: true,
      params: importParams,
      body: applySchema,
      output: importSchema,
      run: (call, { params, body }) => service.applyImport(call, params.id, body.mode),
      audit: note('apply'),
    }),
    route({
      method: 'POST',
      path: `${base}/:id/undo`,
      allow: 'register.import',
      summary: 'Take a whole import back; what was changed since stays and is listed',
      ifMatch: true,
      params: importParams,
      output: importSchema,
      run: (call, { params }) => service.undoImport(call, params.id),
      audit: note('undo'),
    }),
    route({
      method: 'GET',
      path: `${base}/:id/kept`,
      allow: 'register.import',
      summary: 'What an undo left, because somebody changed it since',
      params: importParams,
      output: keptSchema,
      run: (call, { params }) => service.keptOf(call, params.id),
      audit: ({ params }) => ({ subjectKind: 'import', subject: params.id, detail: { did: 'kept' } }),
    }),
    route({
      method: 'DELETE',
      path: `${base}/:id`,
      allow: 'register.import',
      summary: 'Give an import up before anything was written; the file goes',
      ifMatch: true,
      params: importParams,
      output: importSchema,
      run: (call, { params }) => service.cancelImport(deps, call, params.id),
      audit: note('cancel'),
    }),
  ]
}
