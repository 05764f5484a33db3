import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin, type Rolldown } from 'vite'

/**
 * Both doors in one build: `web/phone/index.html` is served at `/`, `web/console/index.html` at `/console`.
 *
 * Content-Security-Policy: the phone is static and carries no nonce, because a service worker may keep the page together
 * with its header. The console gets the placeholder `CSP_NONCE`, which the server replaces in every response.
 */
export const noncePlaceholder = 'CSP_NONCE'

const doors: Record<string, string> = { phone: 'web/phone/index.html', console: 'web/console/index.html' }

/** Takes the nonce off the phone's page again; Vite can only put it on all pages. */
function phoneWithoutNonce(): Plugin {
  return {
    name: 'phone-without-nonce',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const page = bundle['phone/index.html']
        if (page?.type !== 'asset') return
        page.source = page.source
          .toString()
          .replaceAll(` nonce="${noncePlaceholder}"`, '')
          .replace(/\s*<meta property="csp-nonce"[^>]*>/, '')
      },
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
  if (module.isEntry) doors.add(/web[\\/]phone[\\/]/.test(id) ? 'phone' : 'console')
  for (const from of [...module.importers, ...module.dynamicImporters])
    for (const door of doorsTo(from, graph, seen)) doors.add(door)
  return doors
}

/**
 * The file a module goes into. Left alone, the bundler cuts one small file for every combination of pages, and forty
 * small files cost a phone in the stairwell more than their bytes. So: what both doors use is one file, the pages of the
 * phone behind its first are another; the rest stays as it falls.
 */
function partOf(id: string, graph: Graph): string | null {
  if (/[\\/]messages[\\/]|\.css$|\.html$/.test(id)) return null
  const doors = doorsTo(id, graph)
  if (!doors.has('phone')) return null
  if (doors.has('console')) return 'shared'
  return /web[\\/]phone[\\/]pages[\\/](?!home[\\/])/.test(id) ? 'phone-pages' : null
}

/** While developing, the paths are those of the server: `/console...` is the console, every other page the phone. */
function doorsInDevelopment(): Plugin {
  return {
    name: 'doors-in-development',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const page = request.headers.accept?.includes('text/html') && !request.url?.startsWith('/api/')
        if (page)
          request.url = request.url?.startsWith('/console') ? '/console/index.html' : '/phone/index.html'
        next()
      })
    },
  }
}

export default defineConfig({
  root: 'web',
  appType: 'custom',
  plugins: [react(), phoneWithoutNonce(), compressed(), doorsInDevelopment()],
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
      input: Object.fromEntries(Object.entries(doors).filter(([, file]) => existsSync(file))),
      output: {
        entryFileNames: 'assets/[name]-[hash].js',
        codeSplitting: {
          // What both doors use first: a group takes along what its modules import.
          groups: (['shared', 'phone-pages'] as const).map((part, order) => ({
            debugName: part,
            name: (id: string, graph: Graph) => (partOf(id, graph) === part ? part : null),
            priority: 2 - order,
          })),
        },
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
})
