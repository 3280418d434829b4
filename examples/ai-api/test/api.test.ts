/** What the API answers and logs beside its guards. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { buildApi } from "../api.ts";
import { startIssuers, type LocalIssuers } from "../testing/issuers.ts";

let issuers: LocalIssuers;
beforeAll(async () => {
  issuers = await startIssuers();
});
afterAll(() => issuers.close());

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const now = () => Math.floor(Date.now() / 1000);

test("what one caller teaches, another can ask", async () => {
  const api = buildApi(issuers.config);
  const lesson = { question: "Who may write?", answer: "An editor." };
  const headers = bearer(issuers.auth0.token(now()));
  const taught = await api.inject({ method: "POST", url: "/v1/lessons", headers, payload: lesson });
  expect(taught.statusCode).toBe(201);
  expect(taught.json()).toEqual({ ...lesson, taughtBy: "auth0|64f0000000000000000000a1" });
  const asked = await api.inject({
    url: `/v1/answers?question=${encodeURIComponent(lesson.question)}`,
    headers: bearer(issuers.okta.token(now())),
  });
  expect(asked.json()).toEqual({ ...lesson, askedBy: issuers.config.okta.clientId });
});

test("health is open", async () => {
  expect((await buildApi(issuers.config).inject("/health")).json()).toEqual({ status: "ok" });
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

test("a fault of the API is a 500 that tells nothing", async () => {
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
