import { startIssuers } from "@ai-api-access/verifier/testing";
import type { Bench } from "../kit/bench.ts";
import { compare, type Rate } from "../verifier/subjects.ts";

const VENDORS = ["auth0", "okta"] as const;
const TITLES = { auth0: "Auth0's", okta: "Okta's" } as const;
const AT_ONCE = [1, 16] as const;
/** So many different ones are verified in turn. */
const TOKENS = 200;

export const verifier: Bench = {
  name: "verifier",
  description: "verifications a second, beside the vendors' own verifiers",
  async run({ runs, say }) {
    const issuers = await startIssuers();
    try {
      const { organizationId } = issuers.config.auth0;
      const { audience, clientId } = issuers.config.okta;
      const rows: string[][] = [];
      for (const vendor of VENDORS) {
        const { issuer, keysUrl } = issuers[vendor];
        const now = Math.floor(Date.now() / 1000);
        const tokens = Array.from({ length: TOKENS }, (_, number) =>
          issuers[vendor].token(now, { jti: `AT.${String(number)}` }),
        );
        const trust = { vendor, issuer, keysUrl, audience, organizationId, clientId };
        for (const atOnce of AT_ONCE) {
          say(`verifier: ${TITLES[vendor]} tokens, ${String(atOnce)} at once`);
          rows.push(...rowsOf(TITLES[vendor], atOnce, await compare({ trust, tokens, atOnce, runs })));
        }
      }
      return {
        title: "Verifying an access token",
        how: [
          `packages/verifier beside the vendors' own, on the same ${String(TOKENS)} tokens (RS256, 2048 bits), one at a time and 16 at once.`,
          "Each runs in a process of its own, and the three take turns with 200 verifications each, 60 times a run; a run's rate is that of all its turns, its p50 and p99 are those of all its verifications.",
          `Medians of ${String(runs)} runs after a warm-up. The ratios are to the faster of the vendors' two, which is the one with more verifications a second: more than 1 is more of them, less than 1 is a shorter p99.`,
          "express-oauth2-jwt-bearer is called as the middleware that it is, on a request that Express made beforehand. It and @okta/jwt-verifier are told to check `org_id` or `cid` too; ours also looks at the permissions.",
        ],
        columns: ["", "at once", "verifications a second", "p50", "p99", "ratio of rates", "ratio of p99"],
        rows,
      };
    } finally {
      await issuers.close();
    }
  },
};

function rowsOf(title: string, atOnce: number, rates: readonly Rate[]): string[][] {
  const [faster] = rates.filter(({ name }) => name !== "ours").toSorted((a, b) => b.rate - a.rate);
  if (faster === undefined) throw new Error("No vendor's verifier was measured.");
  return rates.map(({ name, rate, p50, p99 }) => [
    `${title} tokens: ${name}`,
    String(atOnce),
    rate.toFixed(0),
    `${p50.toFixed(3)} ms`,
    `${p99.toFixed(3)} ms`,
    ...(name === "ours" ? [(rate / faster.rate).toFixed(2), (p99 / faster.p99).toFixed(2)] : ["", ""]),
  ]);
}
