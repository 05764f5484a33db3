import { routeMaker } from '#kernel/route.ts'
import type { Call as KernelCall, Route as KernelRoute } from '#kernel/route.ts'
import type { Actor } from './actor.ts'
import type { Ability } from './permissions.ts'

/** `route({ method, path, allow, ... })`: `allow` names an ability of the permission table and has no default. */
export const route = routeMaker<Ability, Actor>()

export type Call = KernelCall<Actor>
export type Route = KernelRoute<Ability, Actor>
