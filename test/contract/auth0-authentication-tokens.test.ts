/** Claim: the tokens of somebody who signed in to an organization say what Auth0's say, and no more than they may do. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { startTestTenant } from "../support/auth0-tenant";
import type { TestTenant } from "../support/auth0-tenant";
import { ADA, AUDIENCE, opened, stage, tokensFor } from "../support/auth0-sign-in";
import type { Stage } from "../support/auth0-sign-in";

let target: TestTenant;
let on: Stage;
const now = 1_800_000_000_000;

beforeAll(async () => {
  target = await startTestTenant({ clock: () => now });
  on = await stage(target);
});
afterAll(async () => {
  await target.close();
});

describe("the tokens of a member", () => {
  test("name the organization, the application, the API and what the member's roles allow", async () => {
    const tokens = await tokensFor(target, on, "ada@example.com", { nonce: "once" });
    const { origin } = target.tenant;
    expect(opened(tokens.access_token)).toEqual({
      header: { alg: "RS256", typ: "JWT", kid: expect.any(String) },
      claims: {
        iss: `${origin}/`,
        sub: ADA,
        aud: [AUDIENCE, `${origin}/userinfo`],
        iat: now / 1000,
        exp: now / 1000 + 86_400,
        azp: on.clientId,
        scope: "openid profile email ai:read ai:write",
        org_id: on.organizationId,
        permissions: ["ai:read", "ai:write"],
      },
    });
  });
});
