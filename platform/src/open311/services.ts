import { listCategories } from '#catalogue/service.ts'
import type { Category } from '#catalogue/contract.ts'
import type { Call } from '#access/route.ts'
import { refuse } from '#kernel/problem.ts'
import type { Language } from '#kernel/problem.ts'
import type { Attribute, datatypes, Post, Service } from './contract.ts'
import data from './data/services.json' with { type: 'json' }
import { instantOf } from './rules.ts'
import { say, words } from './words.ts'

/** OP2: services are the categories in use; what one asks is data (`data/services.json`). */

type Wording = { description: string; hint: string }
type Question = {
  datatype: (typeof datatypes)[number]
  required: boolean
  /** Filled in by the program; nobody is asked. */
  fixed?: boolean
  values?: ({ key: string } & Record<Language, string>)[]
} & Record<Language, Wording>

const questions = data.attributes as unknown as Record<string, Question>
const asks: Record<string, readonly string[]> = data.asks

/** The attribute that carries the sender's own number; see OP6. */
export const ownNumbers = ['fixmystreet_id', 'external_id'] as const

/** OP9: services whose requests are about a person; nothing of them is public before their words are cleared. */
export const guarded: readonly string[] = data.guarded

/** When services or definitions changed last. */
export const changeset = data.changed

export async function servicesOf(call: Call): Promise<Service[]> {
  return (await inUse(call, call.language)).map((category) => serviceOf(category, call.language))
}

async function inUse({ trx, now }: Call, language: Language): Promise<Category[]> {
  const all = await listCategories(trx, now.toString({ smallestUnit: 'millisecond' }), language)
  return all.filter(({ active }) => active)
}

function serviceOf({ code, name, group }: Category, language: Language): Service {
  return {
    service_code: code,
    service_name: name,
    description: say(words[language].services.description, { name, group }),
    metadata: Object.hasOwn(asks, code),
    type: 'realtime',
    keywords: guarded.includes(code) ? 'private' : null,
    group,
  }
}

/** @throws Refusal when no service in use has this code. */
export async function definitionOf(
  call: Call,
  code: string,
): Promise<{ service_code: string; attributes: Attribute[] }> {
  if (!(await inUse(call, call.language)).some((category) => category.code === code))
    refuse('open311.no_such_service', { field: 'service_code', params: { code } })
  const codes = [...(asks[code] ?? []), ownNumbers[0]]
  return {
    service_code: code,
    attributes: codes.map((one, index) => attributeOf(one, index + 1, call.language)),
  }
}

function attributeOf(code: string, order: number, language: Language): Attribute {
  const question = questionOf(code)
  const { datatype, required, values } = question
  return {
    variable: !question.fixed,
    code,
    datatype,
    required,
    datatype_description: question[language].hint || null,
    order,
    description: question[language].description,
    ...(values && { values: values.map((value) => ({ key: value.key, name: value[language] })) }),
  }
}

function questionOf(code: string): Question {
  const question = questions[code]
  if (!question) throw new Error(`no such attribute in data/services.json: ${code}`)
  return question
}

/**
 * OP2: what was answered to the questions of a service, in words for the desk. What nobody asked is left out.
 *
 * @throws Refusal naming the attribute that is missing or cannot be right.
 */
export function answersTo(service: string, given: Post['attribute'], language: Language): string[] {
  return (asks[service] ?? []).flatMap((code) => {
    const question = questionOf(code)
    const values = (given[code] ?? []).map((value) => value.trim()).filter((value) => value !== '')
    if (values.length === 0) {
      if (question.required)
        refuse('open311.attribute_missing', { field: `attribute[${code}]`, params: { code } })
      return []
    }
    if (!fits(question, values))
      refuse('open311.attribute_wrong', { field: `attribute[${code}]`, params: { code } })
    const shown = values.map(
      (value) => question.values?.find(({ key }) => key === value)?.[language] ?? value,
    )
    return [`${question[language].description} ${shown.join(' / ')}`]
  })
}

function fits({ datatype, values: choices = [] }: Question, values: readonly string[]): boolean {
  const [first = ''] = values
  const isChoice = (value: string) => choices.some(({ key }) => key === value)
  switch (datatype) {
    case 'multivaluelist':
      return values.every(isChoice)
    case 'singlevaluelist':
      return values.length === 1 && isChoice(first)
    case 'number':
      return values.length === 1 && Number.isFinite(Number(first))
    case 'datetime':
      return values.length === 1 && instantOf(first) !== null
    case 'string':
      return values.length === 1 && first.length <= 200
    case 'text':
      return values.length === 1
  }
}
