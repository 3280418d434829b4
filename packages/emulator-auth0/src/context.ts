import { routesOf } from "@ai-api-access/emulator-core";
import type { Clock } from "@ai-api-access/emulator-core";
import type { Store } from "@ai-api-access/emulator-core";
import type { Collections } from "./collections.ts";

/** What every handler of an Auth0 tenant works with. */
export interface Auth0Context {
  readonly store: Store;
  readonly db: Collections;
  readonly clock: Clock;
}

/** Declares a route of an Auth0 tenant. */
export const route = routesOf<Auth0Context>();
