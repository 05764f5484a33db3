import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { entries, states } from '#requests/lifecycle.ts'
import en from '#requests/messages/en.json' with { type: 'json' }
import zh from '#requests/messages/zh-CN.json' with { type: 'json' }

/** Prints docs/LIFECYCLE.md from the one table that server, console and phone use. `--check` only compares. */

const file = path.resolve(import.meta.dirname, '../docs/LIFECYCLE.md')

const cell = (values: readonly string[]) => values.join(', ') || '-'
const row = (...cells: string[]) => `| ${cells.join(' | ')} |`

function stateRows(): string[] {
  return Object.entries(states).map(([name, rule]) =>
    row(
      `\`${name}\``,
      `${zh.state[name as keyof typeof states]} / ${en.state[name as keyof typeof states]}`,
      rule.holder ?? '-',
      rule.clock ?? '-',
      rule.climbs ? 'yes' : '-',
    ),
  )
}

function entryRows(): string[] {
  return (Object.keys(entries) as (keyof typeof entries)[]).map((kind) => {
    const rule = entries[kind]
    const seen = rule.seen === 'choice' ? 'as the writer says' : rule.seen ? 'yes' : 'no'
    return row(
      `\`${kind}\` ${zh.entry[kind]} / ${en.entry[kind]}`,
      cell(rule.from),
      rule.to,
      cell(rule.by),
      cell(rule.needs),
      seen,
      cell(rule.tells),
      rule.clock,
      en.causes[kind],
    )
  })
}

export function lifecycleDocument(): string {
  return `# What may happen to a request, by whom, and what the resident sees

Printed from \`platform/src/requests/lifecycle.ts\` by \`npm run docs\`; do not edit. The server's rules, the console's buttons,
the phone's bottom bar and this page read the same table, and a check at start-up proves that it has no holes (RQ14).

## States

${[row('state', 'shown as', 'who holds it', 'clock', 'climbs when overdue'), row('---', '---', '---', '---', '---'), ...stateRows()].join('\n')}

## Entries

${[row('entry', 'may follow', 'leads to', 'by', 'needs', 'reporter sees it', 'tells', 'clock', 'causes'), row(...Array<string>(9).fill('---')), ...entryRows()].join('\n')}

\`desk\` is the desk that holds the request or one above it over the same place; \`holder\` is whoever serves in the organisation that
holds it now; \`reviewer\` is a second person: at a desk, and not who proposed it, for leaving the figures of another organisation too (RQ9);
\`system\` is the clock, or what follows from the entry before. "starts" means the entry carries a due time worked out then; "runs on"
never moves it (RQ4); "stops" lets it stand still, "goes on" moves it by as long as it stood, "gets longer" sets a later end once a run.
`
}

if (process.argv[1] === import.meta.filename) {
  if (process.argv.includes('--check')) {
    if (readFileSync(file, 'utf8') !== lifecycleDocument()) {
      process.stderr.write('docs/LIFECYCLE.md is not what the table says; run npm run docs\n')
      process.exitCode = 1
    }
  } else writeFileSync(file, lifecycleDocument())
}
