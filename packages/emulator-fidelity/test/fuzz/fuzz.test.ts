/** Claim: no request, however strange, makes a tenant fail, hang, or store what a refused request sent. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { violationOf } from "./invariants.ts";
import { requestsFor } from "./requests.ts";
import { FuzzTarget } from "./target.ts";

/** `npm run soak` runs longer, with other seeds. */
const RUNS = Number(process.env.SOAK_RUNS ?? 1);
const SEED = Number(process.env.SOAK_SEED ?? 20_261_122);

/** The soak looks for a smaller counterexample that long, for each run. */
const SHRINKING_MS = 5_000;

/** Reads that store something: where somebody is in signing in, and keys. */
const MAY_CHANGE = new Set([
  "/authorize",
  // Auth0's keys of a connection are made then, too.
  "/api/v2/connections/:id/keys",
  // Okta's next signing key is made when somebody first asks.
  "/api/v1/authorizationServers/:authServerId/credentials/keys",
  "/oauth2/v1/keys",
  "/oauth2/:authServerId/v1/keys",
]);

describe.each([
  ["Auth0", () => FuzzTarget.auth0()],
  ["Okta", () => FuzzTarget.okta()],
])("the %s tenant", (_, begin) => {
  let target: FuzzTarget;
  beforeAll(async () => {
    target = await begin();
  });
  afterAll(() => target.close());

  test(`answers every route ${String(RUNS)} times, shaped and hostile, without a fault (seed ${String(SEED)})`, async () => {
    const broken: string[] = [];
    for (const route of target.routes) {
      const holds = fc.asyncProperty(requestsFor(route, target), async (request) => {
        const violation = await violationOf(target, route, request);
        if (violation !== undefined) throw new Error(violation);
      });
      const { failed, counterexample, errorInstance } = await fc.check(holds, {
        numRuns: RUNS,
        seed: SEED,
        // A time limit would end a slow first run as well, and call that a failure.
        ...(RUNS === 1 ? { endOnFailure: true } : { interruptAfterTimeLimit: RUNS * SHRINKING_MS }),
      });
      const line = `${route.method} ${route.path}`;
      if (failed)
        broken.push(`${line}: ${String(errorInstance)}\n${JSON.stringify(counterexample).slice(0, 1_000)}`);
      const changed = target.changedCollections();
      if (changed.length > 0) target.restore();
      if (changed.length > 0 && !MAY_CHANGE.has(route.path))
        broken.push(`${line}: changed ${changed.join(", ")}`);
    }
    expect(broken).toEqual([]);
  }, 3_600_000);
});
