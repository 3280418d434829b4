/** What the API answers and logs beside its guards. */
import { buildApi } from "@ai-api-access/ai-api/api.ts";
import { Refusal } from "@ai-api-access/verifier";
import { startIssuers, type LocalIssuers } from "@ai-api-access/verifier/testing";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { once } from "node:events";
import { connect } from "node:net";
import { generateKeyPair, generateProof } from "dpop";
import { calculateJwkThumbprint, exportJWK } from "jose";

let issuers: LocalIssuers;
beforeAll(async () => {
  issuers = await startIssuers();
});
afterAll(() => issuers.close());

const READ = "/v1/answers?question=why";
const WRITE = {
  method: "POST",
  url: "/v1/lessons",
  payload: { question: "why", answer: "because" },
} as const;
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const METADATA = "https://ai.example.com/.well-known/oauth-protected-resource";
const OWN = `realm="ai-api", resource_metadata="${METADATA}"`;
const DPOP = `DPoP ${OWN}, algs="ES256 ES384 ES512 RS256 RS384 RS512"`;
const now = () => Math.floor(Date.now() / 1000);

test("what one caller teaches, another can ask", async () => {
  const api = buildApi(issuers.config);
  const lesson = { question: "Who may write?", answer: "An editor." };
  const headers = bearer(issuers.auth0.token(now()));
  const taught = await api.inject({ method: "POST", url: "/v1/lessons", headers, payload: lesson });
  expect(taught.statusCode).toBe(201);
  expect(taught.json()).toEqual({
    ...lesson,
    id: expect.any(String),
    taughtBy: "auth0|64f0000000000000000000a1",
  });
  const asked = await api.inject({
    url: `/v1/answers?question=${encodeURIComponent(lesson.question)}`,
    headers: bearer(issuers.okta.token(now())),
  });
  expect(asked.json()).toEqual({ ...lesson, askedBy: issuers.config.okta.clientId });
});

test("what one organization has, another cannot see: it is as if it were not there", async () => {
  const { organizationId: acme, ...auth0 } = issuers.config.auth0;
  const globex = "org_AnotherCustomer1";
  const api = buildApi({ ...issuers.config, auth0: { ...auth0, organizations: { acme, globex } } });
  const of = (org_id: string) => bearer(issuers.auth0.token(now(), { org_id }));
  const taught = await api.inject({ ...WRITE, headers: of(acme) });
  const { id } = taught.json<{ id: string }>();
  const read = async (headers: Record<string, string>) => ({
    lesson: (await api.inject({ url: `/v1/lessons/${id}`, headers })).statusCode,
    answer: (await api.inject({ url: READ, headers })).json<{ answer: string }>().answer,
  });
  expect(await read(of(acme))).toEqual({ lesson: 200, answer: "because" });
  const nothing = { lesson: 404, answer: "Nobody taught me that yet." };
  expect(await read(of(globex))).toEqual(nothing);
  // A token of Okta names no organization, and gets at the data of none.
  expect(await read(bearer(issuers.okta.token(now())))).toEqual(nothing);
  const unknown = await api.inject({ url: "/v1/lessons/unknown", headers: of(globex) });
  const others = await api.inject({ url: `/v1/lessons/${id}`, headers: of(globex) });
  expect(others.body).toBe(unknown.body);
  // What the other one teaches under the same question takes nothing away.
  await api.inject({ ...WRITE, payload: { ...WRITE.payload, answer: "why not" }, headers: of(globex) });
  expect(await read(of(acme))).toEqual({ lesson: 200, answer: "because" });
});

test("health is open", async () => {
  expect((await buildApi(issuers.config).inject("/health")).json()).toEqual({ status: "ok" });
});

test("who may be asked for a token is open too, where the challenge says", async () => {
  const { pathname } = new URL(METADATA);
  expect((await buildApi(issuers.config).inject(pathname)).json()).toMatchObject({
    resource: "https://ai.example.com",
    authorization_servers: [issuers.auth0.issuer, issuers.okta.issuer],
    scopes_supported: ["ai:read", "ai:write"],
  });
  const named = { ...issuers.config, auth0: { ...issuers.config.auth0, audience: "ai-api" } };
  expect((await buildApi(named).inject(pathname)).statusCode).toBe(404);
});

test("a mistake of a caller who is let in is a 400 that names it", async () => {
  const headers = bearer(issuers.okta.token(now()));
  const api = buildApi(issuers.config);
  const answers = [
    await api.inject({ url: "/v1/answers", headers }),
    await api.inject({ method: "POST", url: "/v1/lessons", headers, payload: { question: "why" } }),
  ];
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([400, 400]);
  expect(answers[0]?.body).toContain("question");
  expect(answers[1]?.body).toContain("answer");
});

/** Requests whose answer depends on where the guard stands: before the body is read, and only on routes that exist. */
const LESSON = { method: "POST", path: "/v1/lessons" } as const;
const FORM = { "content-type": "application/x-www-form-urlencoded" };
interface Row {
  readonly name: string;
  readonly status: number;
  readonly method?: string;
  readonly path?: string;
  /** `TOKEN` stands for a good one, here and in the body. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}
test.each<Row>([
  { name: "no token", status: 401 },
  { name: "no token on HEAD", method: "HEAD", status: 401 },
  {
    name: "no token on POST",
    ...LESSON,
    headers: { "content-type": "application/json" },
    body: "{}",
    status: 401,
  },
  {
    name: "no token, and a body that is no JSON",
    ...LESSON,
    headers: { "content-type": "application/json" },
    body: "{",
    status: 401,
  },
  { name: "the token in a form", ...LESSON, headers: FORM, body: "access_token=TOKEN", status: 401 },
  {
    name: "the token in the header and in a form",
    ...LESSON,
    headers: { ...FORM, authorization: "Bearer TOKEN" },
    body: "access_token=TOKEN",
    status: 415,
  },
  {
    name: "a token longer than any header may be",
    headers: { authorization: `Bearer TOKEN${"x".repeat(20_000)}` },
    status: 431,
  },
  {
    name: "a good token for a method that is not there",
    method: "OPTIONS",
    headers: { authorization: "Bearer TOKEN" },
    status: 404,
  },
])("refused with $status: $name", async ({ method = "GET", path = READ, headers = {}, body, status }) => {
  const api = buildApi(issuers.config);
  const origin = await api.listen({ port: 0, host: "127.0.0.1" });
  try {
    for (const vendor of ["auth0", "okta"] as const) {
      const token = issuers[vendor].token(now());
      const filled = Object.entries(headers).map(([name, text]): [string, string] => [
        name,
        text.replace("TOKEN", token),
      ]);
      const answer = await fetch(origin + path, {
        method,
        headers: filled,
        ...(body !== undefined && { body: body.replace("TOKEN", token) }),
      });
      expect(answer.status).toBe(status);
      expect(answer.headers.get("www-authenticate")).toBe(status === 401 ? `Bearer ${OWN}, ${DPOP}` : null);
      expect((await fetch(origin + READ, { headers: bearer(token) })).status).toBe(200);
    }
  } finally {
    await api.close();
  }
});

test("a refusal of the verifier is answered as it says, on every guarded route", async () => {
  const api = buildApi(issuers.config);
  const answers = [
    await api.inject({ url: READ, headers: bearer(issuers.auth0.token(now(), { aud: "another API" })) }),
    await api.inject({ ...WRITE, headers: bearer(issuers.auth0.token(now(), { permissions: ["ai:read"] })) }),
    await api.inject({ ...WRITE, headers: bearer(issuers.okta.token(now(), { scp: ["ai:read"] })) }),
  ];
  const tooLittle = {
    status: 403,
    challenge: `Bearer ${OWN}, error="insufficient_scope", error_description="The access token does not allow this", scope="ai:read ai:write"`,
    body: { error: "insufficient_scope", error_description: "The access token does not allow this" },
  };
  expect(
    answers.map((answer) => ({
      status: answer.statusCode,
      challenge: answer.headers["www-authenticate"],
      body: answer.json<unknown>(),
    })),
  ).toEqual([
    {
      status: 401,
      challenge: `Bearer ${OWN}, error="invalid_token", error_description="The access token is not valid here", ${DPOP}`,
      body: { error: "invalid_token", error_description: "The access token is not valid here" },
    },
    tooLittle,
    tooLittle,
  ]);
});

test("keys that cannot be read are a 503 that says when to come again, and an error in the log", async () => {
  const lines: string[] = [];
  const cause = new Error("connect ECONNREFUSED");
  const api = buildApi(issuers.config, {
    verify: () => Promise.reject(new Refusal("temporarily_unavailable", "no keys", { cause })),
    log: { write: (line) => lines.push(line) },
  });
  const answer = await api.inject({ url: READ, headers: bearer("a.b.c") });
  expect(answer.statusCode).toBe(503);
  expect(answer.headers["retry-after"]).toBe("30");
  expect(answer.body).not.toContain("ECONNREFUSED");
  expect(lines.join("")).toContain("ECONNREFUSED");
});

test("a fault of the API is a 500 that says nothing", async () => {
  const api = buildApi(issuers.config, {
    verify: () => Promise.reject(new Error("a secret of the house")),
  });
  const answer = await api.inject({ url: "/v1/answers?question=why", headers: bearer("a.b.c") });
  expect(answer.statusCode).toBe(500);
  expect(answer.body).not.toContain("secret");
});

test("the log says why a token was refused, and has no token in it", async () => {
  const lines: string[] = [];
  const api = buildApi(issuers.config, { log: { write: (line) => lines.push(line) } });
  const token = issuers.auth0.token(now(), { org_id: "org_AnotherCompany12" });
  await api.inject({ url: "/v1/answers?question=why", headers: bearer(token) });
  await api.inject({ url: `/v1/answers?question=why&access_token=${token}` });
  const log = lines.join("");
  expect(log).toContain('"reason":"other organization"');
  expect(log).toContain('"path":"/v1/answers"');
  expect(log).not.toContain(token.slice(0, 20));
});

test("a bound token is let in with its proof, for the URL under which callers reach the API", async () => {
  const api = buildApi(issuers.config, { origin: "https://ai.example.com" });
  const keys = await generateKeyPair("ES256");
  const jkt = await calculateJwkThumbprint(await exportJWK(keys.publicKey));
  const token = issuers.auth0.token(now(), { cnf: { jkt } });
  const authorization = `DPoP ${token}`;
  const ask = async (url: string) => {
    const dpop = await generateProof(keys, url, "GET", undefined, token);
    return api.inject({ url: READ, headers: { authorization, dpop } });
  };
  expect((await ask("https://ai.example.com/v1/answers")).statusCode).toBe(200);
  const refused = await ask("http://localhost/v1/answers");
  expect(refused.statusCode).toBe(401);
  expect(refused.headers["www-authenticate"]).toMatch(
    /^DPoP .*error="invalid_dpop_proof".*, Bearer realm="ai-api", resource_metadata="[^"]+"$/,
  );
  expect((await api.inject({ url: READ, headers: bearer(token) })).statusCode).toBe(401);
});

test.each([
  ["headers that do not end", "GET /health HTTP/1.1\r\nHost: a\r\n"],
  ["a body that does not end", "POST /v1/lessons HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{"],
  ["nothing", ""],
])(
  "who sends %s is cut off in time",
  async (_, sent) => {
    const api = buildApi(issuers.config, { patience: 200 });
    const { port } = new URL(await api.listen({ port: 0, host: "127.0.0.1" }));
    try {
      const socket = connect(Number(port), "127.0.0.1").resume();
      socket.write(sent);
      await once(socket, "close");
    } finally {
      await api.close();
    }
  },
  60_000,
);
