/** Everything that must not get in, row by row, against the running API. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { badTokens, requests } from "./corpus/index.ts";
import { INVALID_TOKEN, type Answer } from "./corpus/row.ts";
import { READ, serve, type Answered, type Served } from "./support/served.ts";

let api: Served;
beforeAll(async () => {
  api = await serve();
});
afterAll(() => api.close());

const REALM = 'Bearer realm="ai-api"';
/** Word for word, so that no row gets more out of the API than another. */
const CHALLENGES: Readonly<Record<string, string>> = {
  invalid_request: `${REALM}, error="invalid_request", error_description="One header is needed: Authorization: Bearer ACCESS_TOKEN"`,
  invalid_token: `${REALM}, error="invalid_token", error_description="The access token is not valid here"`,
  insufficient_scope: `${REALM}, error="insufficient_scope", error_description="The access token does not allow this", scope="ai:read"`,
};

function challengeOf({ error }: Answer): string | undefined {
  if (error === null) return undefined;
  return error === undefined ? REALM : CHALLENGES[error];
}

const seen = ({ status, headers }: Answered) => ({ status, challenge: headers["www-authenticate"] });
const expected = (answer: Answer) => ({ status: answer.status, challenge: challengeOf(answer) });

describe.each(["auth0", "okta"] as const)("of %s", (vendor) => {
  test.each(badTokens[vendor])("refused: $name", async ({ make, answer = INVALID_TOKEN }) => {
    const token = make(api.makerFor(vendor));
    expect(seen(await api.ask(READ, token))).toEqual(expected(answer));
  });

  test.each(requests)("refused: $name", async ({ make, answer }) => {
    const request = make(api.makerFor(vendor));
    expect(seen(await api.ask({ ...READ, ...request }))).toEqual(expected(answer));
  });

  // After every row, so that none has left the API unwell.
  afterEach(async () => {
    expect((await api.ask(READ, api.makerFor(vendor).token())).status).toBe(200);
  });
});

test("there are at least eighty rows for each vendor, each with a name of its own", () => {
  for (const rows of [badTokens.auth0, badTokens.okta, requests]) {
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
  }
  expect(badTokens.auth0.length).toBeGreaterThanOrEqual(80);
  expect(badTokens.okta.length).toBeGreaterThanOrEqual(80);
});

test("nobody ever asked the stranger for keys", () => {
  expect(api.stranger.keyRequests).toBe(0);
});
