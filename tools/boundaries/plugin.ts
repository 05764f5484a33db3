import type { RuleTester } from 'oxlint/plugins-dev'
import { inside, target } from './source.ts'
import { refuseTable, tablesIn } from './tables.ts'
import { isPure, isTest, refuse } from './tiers.ts'

/** The project's own lint rules. Each is planted once in tests/boundaries and must be refused there. */

type Rule = Parameters<RuleTester['run']>[1]
type CreateRule = Extract<Rule, { create: unknown }>
type Context = Parameters<CreateRule['create']>[0]
type Visitor = ReturnType<CreateRule['create']>

const pathOf = (context: Context) => inside(context.cwd, context.filename)
const isTyped = (path: string) => /\.tsx?$/.test(path)

/** Who may import whom, see tiers.ts. */
const layers: CreateRule = {
  create(context) {
    const from = pathOf(context)
    const check = (node: Parameters<NonNullable<Visitor['ImportExpression']>>[0]['source'] | null) => {
      if (node?.type !== 'Literal' || typeof node.value !== 'string') return
      const to = target(context.cwd, from, node.value)
      const reason = refuse(from, to)
      if (reason) context.report({ node, message: `${from} may not import ${to}: ${reason}` })
    }
    return {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
    }
  },
}

/** `Date.now`, `Temporal.Now`, `new Date()` without an argument: a clock read on the spot. */
function clockReads(
  report: (
    node:
      | Parameters<NonNullable<Visitor['NewExpression']>>[0]
      | Parameters<NonNullable<Visitor['MemberExpression']>>[0],
    what: string,
  ) => void,
): Visitor {
  return {
    NewExpression(node) {
      if (node.callee.type === 'Identifier' && node.callee.name === 'Date' && node.arguments.length === 0)
        report(node, 'new Date()')
    },
    MemberExpression(node) {
      if (node.object.type !== 'Identifier' || node.property.type !== 'Identifier') return
      const name = `${node.object.name}.${node.property.name}`
      if (name === 'Date.now' || name === 'Temporal.Now') report(node, name)
    },
  }
}

/** The server has one clock, kernel/clock.ts, which tests set. Waiting times are measured with performance.now(). */
const injectedClock: CreateRule = {
  create(context) {
    const path = pathOf(context)
    if (!path.startsWith('platform/') || isTest(path) || path === 'platform/src/kernel/clock.ts') return {}
    return clockReads((node, what) =>
      context.report({
        node,
        message: `${what} outside kernel/clock.ts; take the time from the clock you are given`,
      }),
    )
  },
}

const impureGlobals = [
  'process',
  'performance',
  'fetch',
  'crypto',
  'setTimeout',
  'setInterval',
  'globalThis',
  'Buffer',
  'console',
]

/** Contracts, rules, lifecycles and engines give the same answer for the same question, anywhere. */
const purity: CreateRule = {
  create(context) {
    const path = pathOf(context)
    if (!isPure(path) || isTest(path)) return {}
    const report = (
      node:
        | Parameters<NonNullable<Visitor['Identifier']>>[0]
        | Parameters<NonNullable<Visitor['NewExpression']>>[0]
        | Parameters<NonNullable<Visitor['MemberExpression']>>[0],
      what: string,
    ) => context.report({ node, message: `${what} in a pure file; let the service bring it` })
    const { MemberExpression: readClock, ...rest } = clockReads(report)
    return {
      ...rest,
      MemberExpression(node) {
        readClock?.(node)
        if (node.object.type !== 'Identifier' || node.property.type !== 'Identifier') return
        if (node.object.name === 'Math' && node.property.name === 'random') report(node, 'Math.random')
        if (impureGlobals.includes(node.object.name)) report(node, node.object.name)
      },
      CallExpression(node) {
        if (node.callee.type === 'Identifier' && impureGlobals.includes(node.callee.name))
          report(node.callee, node.callee.name)
      },
    }
  },
}

const queries = [
  'selectFrom',
  'insertInto',
  'updateTable',
  'deleteFrom',
  'innerJoin',
  'leftJoin',
  'mergeInto',
  'using',
]
const statement = /^\s*(?:select|insert|update|delete|with|merge)\b/i

/** Whose table it is, see tables.ts. */
const ownTables: CreateRule = {
  create(context) {
    const path = pathOf(context)
    if (isTest(path) || !path.startsWith('platform/src/')) return {}
    const check = (
      node:
        | Parameters<NonNullable<Visitor['Literal']>>[0]
        | Parameters<NonNullable<Visitor['TemplateElement']>>[0]
        | Parameters<NonNullable<Visitor['TemplateLiteral']>>[0],
      tables: readonly string[],
    ) => {
      for (const table of tables) {
        const reason = refuseTable(path, table)
        if (reason) context.report({ node, message: reason })
      }
    }
    return {
      TaggedTemplateExpression(node) {
        if (node.tag.type !== 'Identifier' || node.tag.name !== 'sql') return
        check(node.quasi, tablesIn(node.quasi.quasis.map((part) => part.value.raw).join(' ? ')))
      },
      TemplateLiteral(node) {
        const text = node.quasis.map((part) => part.value.raw).join(' ? ')
        if (node.parent.type !== 'TaggedTemplateExpression' && statement.test(text))
          check(node, tablesIn(text))
      },
      Literal(node) {
        if (typeof node.value === 'string' && statement.test(node.value)) check(node, tablesIn(node.value))
      },
      CallExpression(node) {
        const [first] = node.arguments
        if (node.callee.type !== 'MemberExpression' || node.callee.property.type !== 'Identifier') return
        if (!queries.includes(node.callee.property.name)) return
        if (first?.type === 'Literal' && typeof first.value === 'string')
          check(first, [first.value.split(' ')[0] ?? ''])
      },
    }
  },
}

const chinese = /[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60]/

/** Words for people stand in message catalogues, so that both languages are complete and can be proofread. */
const chineseText: CreateRule = {
  create(context) {
    const path = pathOf(context)
    if (!isTyped(path) || isTest(path) || /\/(messages|data)\//.test(path)) return {}
    const message =
      'Chinese text in code; put it into messages/zh-CN.json (and messages/en.json) or a data file'
    return {
      Literal(node) {
        if (typeof node.value === 'string' && chinese.test(node.value)) context.report({ node, message })
      },
      TemplateElement(node) {
        if (chinese.test(node.value.raw)) context.report({ node, message })
      },
      JSXText(node) {
        if (chinese.test(node.value)) context.report({ node, message })
      },
    }
  },
}

/** A route says who may use it, in its own declaration; there is no default. */
const routePermission: CreateRule = {
  create(context) {
    if (isTest(pathOf(context))) return {}
    return {
      CallExpression(node) {
        const [declaration] = node.arguments
        if (
          node.callee.type !== 'Identifier' ||
          node.callee.name !== 'route' ||
          declaration?.type !== 'ObjectExpression'
        )
          return
        const allowed = declaration.properties.some(
          (property) =>
            property.type === 'Property' &&
            property.key.type === 'Identifier' &&
            property.key.name === 'allow',
        )
        if (!allowed)
          context.report({ node, message: 'this route does not say who may use it: `allow` is missing' })
      },
    }
  },
}

/** A star export hides where a name comes from, and is how barrels begin. */
const noStarExport: CreateRule = {
  create: (context) => ({
    ExportAllDeclaration: (node) =>
      context.report({ node, message: 'name what is exported instead of `export *`' }),
  }),
}

// Oxlint takes a plugin by its default export.
export default {
  meta: { name: 'chuanmen' },
  rules: {
    layers,
    'own-tables': ownTables,
    purity,
    'injected-clock': injectedClock,
    'chinese-text': chineseText,
    'route-permission': routePermission,
    'no-star-export': noStarExport,
  },
}
