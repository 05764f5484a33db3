import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import type {
  Move,
  NewAdjustment,
  newScenarioSchema,
  Price,
  Scenario,
  ScenarioChange,
  Scenarios,
} from '#liaison/contract.ts'
import type { Candidates, PlanDoors, PlanMap, PlanPeople, PlanUnits, Side, Why } from '#liaison/lists-contract.ts'
import { call } from '#web/api/client.ts'
import { newId } from '#web/api/ids.ts'
import { useAfterwards } from './change.ts'

const base = '/api/liaison/plans'

export const planList = infiniteQueryOptions({
  queryKey: ['plans', 'list'],
  queryFn: ({ pageParam, signal }) => call<Scenarios>('GET', base, { query: { after: pageParam }, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
})

/** While a plan is worked out it is asked for again and again, so that one sees how far it is. */
const lookAgain = 700

export const onePlan = (id: string | undefined) =>
  queryOptions({
    queryKey: ['plans', 'one', id],
    queryFn: ({ signal }) => call<Scenario>('GET', `${base}/${id}`, { signal }),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data?.state === 'solving' ? lookAgain : false),
  })

export const planMap = (id: string, version: number, path: string | undefined) =>
  queryOptions({
    queryKey: ['plans', 'map', id, version, path],
    queryFn: ({ signal }) => call<PlanMap>('GET', `${base}/${id}/map`, { query: { path }, signal }),
    staleTime: Infinity,
    // After a move by hand the drawing stays until the new one has come.
    placeholderData: keepPreviousData,
  })

type PeopleOf = 'all' | 'over' | 'under' | 'changed'

export const planPeople = (id: string, version: number, query: { of: PeopleOf; side: Side; limit?: number }) =>
  infiniteQueryOptions({
    queryKey: ['plans', 'people', id, version, query],
    queryFn: ({ pageParam, signal }) =>
      call<PlanPeople>('GET', `${base}/${id}/people`, { query: { ...query, after: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: Infinity,
  })

export const planUnits = (
  id: string,
  version: number,
  query: { of: 'farthest' | 'shared' | 'changed'; side: Side; limit?: number },
) =>
  infiniteQueryOptions({
    queryKey: ['plans', 'units', id, version, query],
    queryFn: ({ pageParam, signal }) =>
      call<PlanUnits>('GET', `${base}/${id}/units`, { query: { ...query, after: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: Infinity,
  })

export const planDoors = (id: string, version: number, query: { of: 'unserved' | 'changed'; side: Side }) =>
  infiniteQueryOptions({
    queryKey: ['plans', 'doors', id, version, query],
    queryFn: ({ pageParam, signal }) =>
      call<PlanDoors>('GET', `${base}/${id}/doors`, { query: { ...query, after: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: Infinity,
  })

export const whyPerson = (id: string, version: number, person: string) =>
  queryOptions({
    queryKey: ['plans', 'why', id, version, person],
    queryFn: ({ signal }) => call<Why>('GET', `${base}/${id}/people/${person}`, { signal }),
    staleTime: Infinity,
  })

export const candidates = (path: string, day: string) =>
  infiniteQueryOptions({
    queryKey: ['plans', 'candidates', path, day],
    queryFn: ({ pageParam, signal }) =>
      call<Candidates>('GET', '/api/liaison/people', { query: { path, day, limit: 200, after: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    enabled: day !== '',
  })

/** What a move would cost; asked for anew with every change of it. */
export const movePrice = (id: string, version: number, move: Move | undefined) =>
  queryOptions({
    queryKey: ['plans', 'price', id, version, move],
    queryFn: ({ signal }) => call<Price>('POST', `${base}/${id}/price`, { body: move, signal }),
    enabled: move !== undefined,
    staleTime: Infinity,
  })

/** One step with a plan; its answer is how the plan stands then. */
function useStep<Input>(send: (input: Input) => Promise<Scenario>) {
  const client = useQueryClient()
  const step = useMutation({
    mutationFn: send,
    onSuccess: async (plan) => {
      client.setQueryData(onePlan(plan.id).queryKey, plan)
      await client.invalidateQueries({ queryKey: planList.queryKey })
    },
    // Somebody else did something with it meanwhile: what stands there now is shown.
    onError: () => client.invalidateQueries({ queryKey: ['plans', 'one'] }),
  })
  return useAfterwards(step)
}

export const useDraft = () =>
  useStep((plan: z.input<typeof newScenarioSchema>) => call<Scenario>('POST', base, { body: plan, again: 1 }))

type Known = Pick<Scenario, 'id' | 'version'>

export const usePlanChange = ({ id, version }: Known) =>
  useStep((change: ScenarioChange) =>
    call<Scenario>('PATCH', `${base}/${id}`, { body: change, ifMatch: version }),
  )

type Step = 'solve' | 'stop' | 'cancellation' | 'reopening' | 'publication'

/** Steps that take nothing but the plan itself. */
export const usePlanStep = () =>
  useStep(({ plan, step }: { plan: Known; step: Step }) =>
    call<Scenario>('POST', `${base}/${plan.id}/${step}`, { ifMatch: plan.version }),
  )

export const useApproval = ({ id, version }: Known) =>
  useStep((words: string | undefined) =>
    call<Scenario>('POST', `${base}/${id}/approval`, { body: words ? { words } : {}, ifMatch: version }),
  )

export const useMove = (id: string) =>
  useStep((move: NewAdjustment) => call<Scenario>('POST', `${base}/${id}/moves`, { body: move, again: 1 }))

export const useUndoMove = (id: string) =>
  useStep((move: string) =>
    call<Scenario>('POST', `${base}/${id}/moves/${move}/undo`, { body: { id: newId() } }),
  )
