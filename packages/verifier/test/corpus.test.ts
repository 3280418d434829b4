/** Everything that must not get in, row by row, against a server behind the verifier. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { badTokens } from "./corpus/index.ts";
import { badRequests } from "./corpus/requests.ts";
import { withToken, serve, stopClock, type Answered, type Served } from "./support/served.ts";

let api: Served;
beforeAll(async () => {
  stopClock();
  api = await serve();
});
afterAll(() => api.close());

const REALM = 'Bearer realm="ai-api"';
const DPOP = 'DPoP realm="ai-api"';
const ALGS = 'algs="ES256 ES384 ES512 RS256 RS384 RS512"';
/** Word for word, so that no row gets more out of the server than another. */
const ANSWERS = {
  unauthorized: { status: 401, challenge: `${REALM}, ${DPOP}, ${ALGS}` },
  invalid_request: {
    status: 400,
    challenge: `${REALM}, error="invalid_request", error_description="One header is needed: Authorization: Bearer ACCESS_TOKEN"`,
  },
  invalid_token: {
    status: 401,
    challenge: `${REALM}, error="invalid_token", error_description="The access token is not valid here", ${DPOP}, ${ALGS}`,
  },
  invalid_dpop_proof: {
    status: 401,
    challenge: `${DPOP}, error="invalid_dpop_proof", error_description="The DPoP proof is not valid for this request", ${ALGS}, ${REALM}`,
  },
  insufficient_scope: {
    status: 403,
    // With what the token has besides.
    challenge: expect.stringMatching(
      /^Bearer realm="[^"]+", error="insufficient_scope", error_description="The access token does not allow this", scope="([^"]+ )?ai:read"$/,
    ),
  },
};

const seen = ({ status, headers }: Answered) => ({ status, challenge: headers["www-authenticate"] });

describe.each(["auth0", "okta"] as const)("of %s", (vendor) => {
  test.each(badTokens[vendor])("refused: $name", async ({ make, error }) => {
    expect(seen(await api.ask(withToken(make(api.makerFor(vendor)))))).toEqual(
      ANSWERS[error ?? "invalid_token"],
    );
  });

  test.each(badRequests)("refused: $name", async ({ make, error }) => {
    expect(seen(await api.ask(make(api.makerFor(vendor).token())))).toEqual(ANSWERS[error ?? "unauthorized"]);
  });

  // After every row, so that none has left the server unwell.
  afterEach(async () => {
    expect((await api.ask(withToken(api.makerFor(vendor).token()))).status).toBe(200);
  });
});

test("there are at least eighty rows for each vendor, each with a name of its own", () => {
  for (const rows of [badTokens.auth0, badTokens.okta, badRequests]) {
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
  }
  expect(badTokens.auth0.length).toBeGreaterThanOrEqual(80);
  expect(badTokens.okta.length).toBeGreaterThanOrEqual(80);
});

test("nobody ever asked the stranger for keys", () => {
  expect(api.stranger.keyRequests).toBe(0);
});
