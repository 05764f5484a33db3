import { readFileSync } from 'node:fs'
import path from 'node:path'
import type pg from 'pg'
import names from './data/names-en.json' with { type: 'json' }
import needed from './data/needed.json' with { type: 'json' }
import { parseDepartments, parseLimitText } from './rules.ts'

const file = path.join(import.meta.dirname, 'data/request-categories.csv')

const usually: Record<string, { what: string; how: string }[]> = needed

/** The default categories, as the list comes with the product. */
export function defaultCategories() {
  const [, ...lines] = readFileSync(file, 'utf8').trim().split('\n')
  return lines.map((line) => {
    const [code = '', groupZh = '', nameZh = '', limit = '', leads = ''] = line.trim().split(',')
    return {
      code,
      groupZh,
      groupEn: names.groups[code[0] as keyof typeof names.groups],
      nameZh,
      nameEn: names.categories[code as keyof typeof names.categories],
      steps: parseLimitText(limit),
      needed: usually[code] ?? [],
      ...parseDepartments(leads),
    }
  })
}

/** Gives a district the default categories; those it has already are left alone. Runs as the owner. */
export async function seedCatalogue(
  client: pg.ClientBase,
  district: string,
  validFrom: string,
): Promise<void> {
  const rows = JSON.stringify(defaultCategories())
  await client.query(
    `insert into category (district_code, code, name_zh, name_en, group_zh, group_en, leads, helpers, needed)
     select $1, code, "nameZh", "nameEn", "groupZh", "groupEn",
       array(select jsonb_array_elements_text(leads)), array(select jsonb_array_elements_text(helpers)), needed
     from jsonb_to_recordset($2::jsonb) as c (code text, "nameZh" text, "nameEn" text, "groupZh" text, "groupEn" text, leads jsonb, helpers jsonb, needed jsonb)
     on conflict do nothing`,
    [district, rows],
  )
  await client.query(
    `insert into category_limit (district_code, category_code, valid_from, steps, set_at)
     select $1, code, $3::timestamptz, steps, $3::timestamptz from jsonb_to_recordset($2::jsonb) as c (code text, steps jsonb)
     where not exists (select from category_limit l where l.district_code = $1 and l.category_code = c.code)`,
    [district, rows, validFrom],
  )
}
