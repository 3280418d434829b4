import { auth0Cycles } from "./auth0-cycle.ts";
import { oktaCycle } from "./okta-cycle.ts";

/** What writers do at each tenant. */
const CYCLES = { auth0: auth0Cycles(3), okta: oktaCycle } as const;

/** The same with some large writes, which take the tenant a while in which it can be hit. */
export const HEAVY_CYCLES = { ...CYCLES, auth0: auth0Cycles(100) } as const;
