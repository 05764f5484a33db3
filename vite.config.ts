import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import react from '@vitejs/plugin-react'
import sharp from 'sharp'
import { defineConfig, type Plugin, type Rolldown } from 'vite'

/**
 * Three doors in one build: `web/phone/index.html` is served at `/`, `web/field/index.html` at `/field`,
 * `web/console/index.html` at `/console`.
 *
 * Content-Security-Policy: phone and field are static and carry no nonce, because a service worker keeps the page together
 * with its header. The console gets the placeholder `CSP_NONCE`, which the server replaces in every response.
 */
export const noncePlaceholder = 'CSP_NONCE'

const doors: Record<string, string> = {
  phone: 'web/phone/index.html',
  field: 'web/field/index.html',
  console: 'web/console/index.html',
}

/** Takes the nonce off the static pages again; Vite can only put it on all pages. */
function phonesWithoutNonce(): Plugin {
  return {
    name: 'phones-without-nonce',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const name of ['phone/index.html', 'field/index.html']) {
          const page = bundle[name]
          if (page?.type !== 'asset') continue
          page.source = page.source
            .toString()
            .replaceAll(` nonce="${noncePlaceholder}"`, '')
            .replace(/\s*<meta property="csp-nonce"[^>]*>/, '')
        }
      },
    },
  }
}

/** The icons of the installed door, drawn from our own mark: sizes that Android and iOS ask for. */
function fieldIcons(): Plugin {
  const mark = path.resolve('web/field/icon.svg')
  return {
    name: 'field-icons',
    apply: 'build',
    async generateBundle() {
      const drawing = await readFile(mark)
      for (const size of [180, 192, 512]) {
        const source = await sharp(drawing, { density: (72 * size) / 28 })
          .resize(size, size)
          .png()
          .toBuffer()
        this.emitFile({ type: 'asset', fileName: `field/icon-${size}.png`, source })
      }
    },
  }
}

/** Every file that the field door needs to run without a line: its page, all its chunks, their styles, its icons. */
function fieldFiles(bundle: Rolldown.OutputBundle): string[] {
  const files = new Set(['field/manifest.webmanifest', 'field/icon-192.png'])
  const add = (name: string) => {
    if (files.has(name)) return
    files.add(name)
    const chunk = bundle[name]
    if (chunk?.type !== 'chunk') return
    for (const css of chunk.viteMetadata?.importedCss ?? []) files.add(css)
    for (const asset of chunk.viteMetadata?.importedAssets ?? []) files.add(asset)
    for (const other of [...chunk.imports, ...chunk.dynamicImports]) add(other)
  }
  const page = bundle['field/index.html']
  if (page?.type !== 'asset') return []
  for (const [, name = ''] of page.source.toString().matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)) add(name)
  return [...files].toSorted()
}

/**
 * Puts into the service worker the list of what it keeps, and a version that changes with any of it. The worker itself is
 * `web/field/service-worker.ts`; the page is kept under its address, not its file.
 */
function fieldKeeps(): Plugin {
  return {
    name: 'field-keeps',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const worker = bundle['field/service-worker.js']
        const page = bundle['field/index.html']
        if (worker?.type !== 'chunk' || page?.type !== 'asset') return
        const files = fieldFiles(bundle)
        const version = createHash('sha256')
          .update(files.join())
          .update(page.source)
          .digest('hex')
          .slice(0, 12)
        const addresses = ['/field', ...files.map((file) => `/${file}`)]
        worker.code = worker.code
          .replace('FIELD_VERSION', version)
          .replace(/["'`]FIELD_FILES["'`]/, JSON.stringify(addresses))
      },
    },
  }
}

/** No door loads a chunk with another door in it, however the bundler cut them: it would start that door as well. */
function doorsApart(): Plugin {
  return {
    name: 'doors-apart',
    apply: 'build',
    generateBundle(_options, bundle) {
      const doorOf = (id: string) => /web[\\/](phone|field|console)[\\/]/.exec(id)?.[1]
      for (const entry of Object.values(bundle)) {
        const door = entry.type === 'chunk' && entry.isEntry && doorOf(entry.facadeModuleId ?? '')
        if (entry.type !== 'chunk' || !door) continue
        const seen = new Set<string>()
        const ways = [entry.fileName]
        for (let name = ways.pop(); name !== undefined; name = ways.pop()) {
          const chunk = bundle[name]
          if (seen.has(name) || chunk?.type !== 'chunk') continue
          seen.add(name)
          const other = chunk.moduleIds.find((id) => (doorOf(id) ?? door) !== door)
          if (other) this.error(`the door ${door} would load ${other} in ${name}`)
          ways.push(...chunk.imports, ...chunk.dynamicImports)
        }
      }
    },
  }
}

/** Pages take of a contract its types alone: the checks stay on the server, and zod would ask for `eval`, which the policy forbids. */
function contractsAsTypes(): Plugin {
  return {
    name: 'contracts-as-types',
    apply: 'build',
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (
          chunk.type !== 'chunk' ||
          !chunk.moduleIds.some((id) => /[\\/]node_modules[\\/]zod[\\/]/.test(id))
        )
          continue
        const contracts = chunk.moduleIds.filter((id) => /[\\/]platform[\\/]/.test(id))
        this.error(
          `${chunk.fileName} would carry zod: one of ${contracts.join(', ')} is imported for more than its types`,
        )
      }
    },
  }
}

/** Assets are compressed once, here; the server sends the smallest form the browser takes (`preCompressed`). */
function compressed(): Plugin {
  const brotli = promisify(brotliCompress)
  const zip = promisify(gzip)
  return {
    name: 'compressed',
    apply: 'build',
    async writeBundle({ dir = '' }) {
      const assets = path.join(dir, 'assets')
      for (const name of await readdir(assets)) {
        if (!/\.(?:js|css|svg)$/.test(name)) continue
        const file = path.join(assets, name)
        const bytes = await readFile(file)
        const smallest = {
          params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
        }
        await writeFile(`${file}.br`, await brotli(bytes, smallest))
        await writeFile(`${file}.gz`, await zip(bytes, { level: 9 }))
      }
    },
  }
}

type Graph = { getModuleInfo: (id: string) => Rolldown.ModuleInfo | null }

/** Which doors lead to a module, over however many imports. */
function doorsTo(id: string, graph: Graph, seen = new Set<string>()): Set<string> {
  const doors = new Set<string>()
  if (seen.has(id)) return doors
  seen.add(id)
  const module = graph.getModuleInfo(id)
  if (!module) return doors
  if (module.isEntry) doors.add(/web[\\/](phone|field|console)[\\/]/.exec(id)?.[1] ?? '')
  for (const from of [...module.importers, ...module.dynamicImporters])
    for (const door of doorsTo(from, graph, seen)) doors.add(door)
  return doors
}

const parts = [
  'shared',
  'phone-and-console',
  'staff',
  'told',
  'phone-pages',
  'field-first',
  'field-pages',
] as const

/**
 * The file a module goes into. Left alone, the bundler cuts one small file for every combination of pages, and forty
 * small files cost a phone in the stairwell more than their bytes. So: what all three doors share is one file, what the
 * phone and the console share another (the field door need not carry it), what the two doors of staff share a third, then the pages of the phone behind its first, the first page of the field door
 * and those behind it. What more than one door uses is always named: a door must never load another one along with it.
 */
function partOf(id: string, graph: Graph): string | null {
  if (/[\\/]messages[\\/]en\.json$|\.css$|\.html$/.test(id)) return null
  // On all doors, but on a page that is seldom opened.
  if (/web[\\/](?:ui[\\/]told|api[\\/]push\.)/.test(id)) return 'told'
  const doors = doorsTo(id, graph)
  if (doors.size > 1)
    return !doors.has('phone') ? 'staff' : doors.has('field') ? 'shared' : 'phone-and-console'
  if (/web[\\/]phone[\\/]pages[\\/](?!home[\\/])/.test(id)) return 'phone-pages'
  if (/web[\\/]field[\\/](?:pages[\\/](?!today|pages\.tsx)|parts[\\/]sign-in)/.test(id)) return 'field-pages'
  // Dexie comes when something is kept; everything else that the first page needs comes with it.
  return /web[\\/]field[\\/](?!kept[\\/]database)/.test(id) && !/service-worker/.test(id)
    ? 'field-first'
    : null
}

/**
 * Of the lifecycle's words the field door says how something stands and on what basis it is given back, and no more: a phone
 * in a stairwell need not carry the rest.
 */
function requestWords(): Plugin {
  const name = 'virtual:request-words'
  const words = path.resolve(import.meta.dirname, 'platform/src/requests/messages/zh-CN.json')
  return {
    name: 'request-words',
    resolveId: (source) => (source === name ? `\0${name}` : null),
    async load(id) {
      if (id !== `\0${name}`) return null
      const { state, basis } = JSON.parse(await readFile(words, 'utf8')) as Record<string, unknown>
      return `export default ${JSON.stringify({ state, basis })}`
    },
  }
}

/** While developing, the paths are those of the server: `/console...` and `/field...`, every other page is the phone's. */
function doorsInDevelopment(): Plugin {
  return {
    name: 'doors-in-development',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const page = request.headers.accept?.includes('text/html') && !request.url?.startsWith('/api/')
        const door = /^\/(console|field)(?:[/?]|$)/.exec(request.url ?? '')?.[1] ?? 'phone'
        if (page) request.url = `/${door}/index.html`
        next()
      })
    },
  }
}

export default defineConfig({
  root: 'web',
  appType: 'custom',
  plugins: [
    react(),
    requestWords(),
    doorsApart(),
    contractsAsTypes(),
    phonesWithoutNonce(),
    fieldIcons(),
    fieldKeeps(),
    compressed(),
    doorsInDevelopment(),
  ],
  html: { cspNonce: noncePlaceholder },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Nothing is inlined as data: URLs, so that the policy can stay at 'self'.
    assetsInlineLimit: 0,
    // iOS 15.4 and Android WebView 109: what is still found in the pockets of the people who live here.
    target: ['es2022', 'safari15.4', 'chrome109'],
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        ...Object.fromEntries(Object.entries(doors).filter(([, file]) => existsSync(file))),
        'service-worker': 'web/field/service-worker.ts',
        'push-worker': 'web/ui/push-worker.ts',
      },
      output: {
        // A service worker keeps its address for ever: the browser asks there for the next one.
        entryFileNames: ({ name }) =>
          name === 'service-worker'
            ? 'field/service-worker.js'
            : name === 'push-worker'
              ? 'push-worker.js'
              : 'assets/[name]-[hash].js',
        codeSplitting: {
          // What both doors use first: a group takes along what its modules import.
          groups: parts.map((part, order) => ({
            debugName: part,
            name: (id: string, graph: Graph) => (partOf(id, graph) === part ? part : null),
            priority: parts.length - order,
          })),
        },
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
})
