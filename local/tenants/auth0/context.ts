import { routesOf } from "../kit/index.ts";
import type { Clock } from "../kit/index.ts";
import type { Store } from "../kit/index.ts";
import type { Collections } from "./collections.ts";

/** What every handler of an Auth0 tenant works with. */
export interface Auth0Context {
  readonly store: Store;
  readonly db: Collections;
  readonly clock: Clock;
}

/** Declares a route of an Auth0 tenant. */
export const route = routesOf<Auth0Context>();
