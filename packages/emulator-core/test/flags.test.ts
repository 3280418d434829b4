/** Claim: the flags of `npx ai-api-access tenants` set the modes of each tenant, and all their mistakes are reported at once. */
import { expect, test } from "@jest/globals";
import { modesOf } from "@ai-api-access/local/tenants/modes.ts";

const none = { fault: [], rateLimit: [], lag: [] };

test("without flags nothing is out of the ordinary", () => {
  const usual = { faults: [], limits: undefined, lag: undefined };
  expect(modesOf(none)).toEqual({ auth0: usual, okta: usual });
});

test("a flag is for both tenants, or for the one that it names; what is said last of a tenant holds", () => {
  const drop = { kind: "drop", when: "after" };
  expect(
    modesOf({
      fault: ["POST drop after", "okta GET latency=5"],
      rateLimit: ["free", "okta 5/10"],
      lag: ["auth0 2s"],
    }),
  ).toEqual({
    auth0: { faults: [{ method: "POST", effect: drop }], limits: { plan: "free" }, lag: { ms: 2000 } },
    okta: {
      faults: [
        { method: "POST", effect: drop },
        { method: "GET", effect: { kind: "latency", ms: 5 } },
      ],
      limits: { rate: 5, burst: 10 },
      lag: undefined,
    },
  });
});

test("all that cannot be read is reported at once, each with an example", () => {
  const read = () => modesOf({ fault: ["418", "POST"], rateLimit: ["auth0 gold"], lag: ["soon"] });
  for (const mistake of [/"418"/, /"POST"/, /"gold"/, /"soon"/]) expect(read).toThrow(mistake);
  expect(read).toThrow(/^(The .* For example: .*\n?){4}$/);
});
