/** Requests nobody foresaw, to every route of both tenants. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { brokenLaw } from "./laws.ts";
import { requestsFor } from "./requests.ts";
import { World } from "./world.ts";

/** Both may be given by the environment, to look longer or elsewhere: `FUZZ_RUNS=500 npm test -- test/fuzz`. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 8);
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_122);

/** For one request and what has to hold after it, on a busy machine. */
const LONGEST_MS = 500;

/** Reads by which somebody who signs in goes on: where they stand is kept. */
const MAY_CHANGE = new Set([
  "/authorize",
  // Okta's next signing key is made when somebody first asks.
  "/api/v1/authorizationServers/:authServerId/credentials/keys",
  "/oauth2/v1/keys",
  "/oauth2/:authServerId/v1/keys",
]);

describe.each([
  ["Auth0", () => World.auth0()],
  ["Okta", () => World.okta()],
])("the %s tenant", (_, begin) => {
  let world: World;
  beforeAll(async () => {
    world = await begin();
  });
  afterAll(() => world.close());

  test(`answers ${String(RUNS)} requests to every route, shaped and hostile, without a fault (seed ${String(SEED)})`, async () => {
    const broken: string[] = [];
    for (const route of world.routes) {
      const holds = fc.asyncProperty(requestsFor(route, world), async (request) => {
        const law = await brokenLaw(world, route, request);
        if (law !== undefined) throw new Error(law);
      });
      const { failed, counterexample, errorInstance } = await fc.check(holds, {
        numRuns: RUNS,
        seed: SEED,
        // What fails is looked into for so long and no longer.
        interruptAfterTimeLimit: RUNS * LONGEST_MS,
      });
      const line = `${route.method} ${route.path}`;
      if (failed)
        broken.push(`${line}: ${String(errorInstance)}\n${JSON.stringify(counterexample).slice(0, 1_000)}`);
      const changed = world.changedCollections();
      if (changed.length > 0) world.restore();
      if (changed.length > 0 && !MAY_CHANGE.has(route.path))
        broken.push(`${line}: changed ${changed.join(", ")}`);
    }
    expect(broken).toEqual([]);
  }, 3_600_000);
});
