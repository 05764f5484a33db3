import { parseArgs } from 'node:util'
import { addClient, clientAbilities, clients, endClient } from '#access/clients.ts'
import { append } from '#audit/service.ts'
import type { AdminAction, AdminCall } from '#kernel/admin.ts'
import { wholeOf } from '#kernel/db.ts'
import type { Trx } from '#kernel/db.ts'
import { homeDistricts } from '#org/service.ts'

/** `open311 key`: keys of programs that speak for residents. A key is shown once, when it is made. */

const usage = [
  'open311 key add --name NAME [--district CODE] [--only submit|update] [--token]',
  '  --only: may send requests, or add to its own, and not both',
  '  --token: new requests are answered with a token instead of an id',
  'open311 key list [--district CODE]',
  'open311 key end ID [--district CODE]',
].join('\n')

type Wanted = { deed: string; id: string; name: string; district: string; only: string; token: boolean }

function read(words: readonly string[]): Wanted | null {
  const text = { type: 'string', default: '' } as const
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { name: text, district: text, only: text, token: { type: 'boolean', default: false } },
    })
    const [deed = '', id = ''] = positionals
    return { deed, id, ...values }
  } catch {
    return null
  }
}

async function districtOf({ database }: AdminCall, wanted: string): Promise<string | undefined> {
  const known = await homeDistricts(database.pool)
  return (wanted ? known.find(({ district }) => district === wanted) : known[0])?.district
}

/** Each change stands in the ledger as the operator's. */
async function note(
  trx: Trx,
  call: AdminCall,
  client: string,
  detail: Record<string, unknown>,
): Promise<void> {
  await append(trx, {
    actor: { kind: 'system' },
    action: 'open311.key',
    purpose: 'administration',
    now: call.clock.now(),
    note: { subjectKind: 'client', subject: client, detail: { ...detail, by: 'command' } },
  })
}

async function add(trx: Trx, call: AdminCall, { name, only, token }: Wanted): Promise<number> {
  const abilities = clientAbilities().filter((ability) => !only || ability === `open311.${only}`)
  if (!name || abilities.length === 0) return wrong(call)
  const { id, key } = await addClient(
    trx,
    { name, abilities, answers: token ? 'token' : 'id' },
    call.clock.now(),
  )
  await note(trx, call, id, { added: true, name, abilities })
  call.print(`${key}\nThe key of ${name} (${id}). It is shown only now.`)
  return 0
}

async function list(trx: Trx, call: AdminCall): Promise<number> {
  const all = await clients(trx)
  for (const { id, name, abilities, createdAt, endedAt } of all)
    call.print(
      [
        id,
        name,
        abilities.join(' '),
        createdAt.slice(0, 10),
        endedAt ? `ended ${endedAt.slice(0, 10)}` : 'in use',
      ].join('  '),
    )
  if (all.length === 0) call.print('No keys.')
  return 0
}

async function end(trx: Trx, call: AdminCall, { id }: Wanted): Promise<number> {
  const isId = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id)
  if (!isId || !(await endClient(trx, id, call.clock.now()))) {
    call.print(`No key in use has the id ${id || '(none given)'}. "open311 key list" shows them.`)
    return 1
  }
  await note(trx, call, id, { ended: true })
  call.print(`The key ${id} is good for nothing from now on.`)
  return 0
}

function wrong(call: AdminCall): number {
  call.print(usage)
  return 2
}

export const clientKeys: AdminAction = async (call) => {
  const wanted = read(call.words)
  const deeds: Readonly<Record<string, typeof add>> = { add, list, end }
  const deed = wanted && Object.hasOwn(deeds, wanted.deed) ? deeds[wanted.deed] : undefined
  if (!wanted || !deed) return wrong(call)
  const district = await districtOf(call, wanted.district)
  if (!district) {
    call.print(`--district ${wanted.district}: no such district here.`)
    return 1
  }
  const scope = wholeOf(district)
  return call.database.within(scope, (trx) => deed(trx, call, wanted))
}
