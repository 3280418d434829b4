/** Claim: a client brings a whole list, tries again where that may help, and says what became of a request. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { TenantError } from "../errors.ts";
import { Api, type Seen } from "./server.ts";

const api = new Api();
beforeAll(() => api.open());
afterAll(() => {
  api.close();
});

const asked = () => api.seen.map(({ method, path }) => `${method} ${path.replace("/api/v2", "")}`);

/** How a request fails. */
async function failureOf(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof TenantError))
    throw new Error("it did not fail with a TenantError", { cause: error });
  const { failure, status, message, unconfirmed } = error;
  return { failure, status, message, unconfirmed };
}

describe("lists", () => {
  test("numbered pages are read until one is not full", async () => {
    api.replies({ body: [1, 2] }, { body: [3, 4] }, { body: [5] });
    expect(await api.client().read("/roles?per_page=2&name_filter=a%26b")).toEqual([1, 2, 3, 4, 5]);
    expect(asked()).toEqual([
      "GET /roles?per_page=2&name_filter=a%26b",
      "GET /roles?per_page=2&name_filter=a%26b&page=1",
      "GET /roles?per_page=2&name_filter=a%26b&page=2",
    ]);
  });

  test("checkpoints are followed until one names no next one, or is empty", async () => {
    api.replies({ body: { members: [1], next: "a/b" } }, { body: { members: [2] } });
    expect(await api.client().read("/members?take=1")).toEqual({ members: [1, 2] });
    expect(asked()).toEqual(["GET /members?take=1", "GET /members?take=1&from=a%2Fb"]);

    api.replies({ body: { members: [1], next: "a" } }, { body: { members: [], next: "b" } });
    expect(await api.client().read("/members?take=1")).toEqual({ members: [1] });
    expect(asked()).toHaveLength(2);
  });

  test("a link to the next page is followed", async () => {
    const next = `<${api.origin}/api/v2/apps?after=x&limit=1>; rel="next"`;
    api.replies({ body: [1], headers: { link: next } }, { body: [2] });
    expect(await api.client().read("/apps?limit=1")).toEqual([1, 2]);
    expect(asked()).toEqual(["GET /apps?limit=1", "GET /apps?after=x&limit=1"]);
  });

  test("what is not there is undefined; what is one thing stays one", async () => {
    api.replies({ status: 404, body: { message: "not here" } }, { body: { id: "1" } });
    expect(await api.client().read("/roles/1")).toBeUndefined();
    expect(await api.client().read("/roles/1")).toEqual({ id: "1" });
  });

  test("a client that only looks asks for each path once", async () => {
    api.replies({ body: [] });
    const client = api.client({ readOnce: true });
    await Promise.all([client.read("/roles"), client.read("/roles"), client.get("/roles")]);
    expect(asked()).toEqual(["GET /roles"]);
  });
});

describe("tries", () => {
  test.each([
    ["503s", { status: 503 }],
    ["connections that are cut", "cut"],
  ] as const)("%s are tried again, writes too", async (_, fault) => {
    api.replies(fault, fault, fault, { status: 201, body: { id: "1" } });
    expect(await api.client().send("POST", "/roles", { name: "a" })).toEqual({ id: "1" });
    expect(api.seen.map(({ body }) => body)).toEqual(Array.from({ length: 4 }, () => ({ name: "a" })));
  });

  test("a 429 is waited out, however often it comes, and counts for no try", async () => {
    const limited = { status: 429, headers: { "retry-after": "0.01" } };
    api.replies(limited, limited, limited, limited, limited, { body: "done" });
    expect(await api.client({ retries: 0 }).read("/roles")).toBe("done");
  });

  test("of families of requests with limits of their own one does not wait for the other", async () => {
    api.repliesTo(({ path }) =>
      path.includes("slow") ? { status: 429, headers: { "retry-after": "60" } } : { body: "done" },
    );
    const stop = new AbortController();
    const { promise: waits, resolve: onWait } = Promise.withResolvers<number>();
    const client = api.client(
      { signal: stop.signal, onWait },
      { bucket: (path) => path.split("/")[1] ?? "" },
    );
    const slow = failureOf(client.read("/slow/1"));
    await waits;
    expect(await client.read("/quick/1")).toBe("done");
    stop.abort();
    expect(await slow).toMatchObject({ failure: "stopped", unconfirmed: false });
  });
});

describe("failures", () => {
  test.each([
    [400, "refused"],
    [404, "refused"],
    [409, "refused"],
    [401, "denied"],
    [403, "denied"],
  ])("a write that is answered with %i is %s and was not carried out", async (status, failure) => {
    api.replies({ status, body: { message: "no", errorCode: "some_code" } });
    expect(await failureOf(api.client().send("POST", "/roles", {}))).toEqual({
      failure,
      status,
      message: `POST ${api.origin}/api/v2/roles: no (HTTP ${String(status)}, some_code)`,
      unconfirmed: false,
    });
    expect(api.seen).toHaveLength(1);
  });

  test.each([
    ["503s", { status: 503, body: { message: "down" } }],
    ["cut connections", "cut"],
  ] as const)("after nothing but %s a write is unconfirmed, a read is not", async (_, fault) => {
    api.replies(fault);
    const client = api.client();
    expect(await failureOf(client.send("DELETE", "/roles/1"))).toMatchObject({
      failure: "unavailable",
      unconfirmed: true,
    });
    expect(api.seen).toHaveLength(4);
    expect(await failureOf(client.read("/roles/1"))).toMatchObject({ unconfirmed: false });
  });

  test("a write that is not answered in time is unconfirmed", async () => {
    // One of its own: what was sent may still arrive when the next test has begun.
    const silent = new Api();
    await silent.open();
    silent.repliesTo(() => new Promise(() => undefined));
    const { failure, unconfirmed, message } = await failureOf(
      silent.client({ timeout: 20, retries: 1 }).send("POST", "/roles", {}),
    );
    silent.close();
    expect({ failure, unconfirmed }).toEqual({ failure: "unavailable", unconfirmed: true });
    expect(message).toMatch(/gives no answer: .*timeout/);
  });

  test("a stop lets finish what is under way and sends nothing more", async () => {
    const stop = new AbortController();
    let answerNow: (() => void) | undefined;
    const { promise: arrived, resolve: arrive } = Promise.withResolvers<Seen>();
    api.repliesTo((seen) => {
      arrive(seen);
      return new Promise((reply) => {
        answerNow = () => {
          reply({ status: 201, body: { id: "1" } });
        };
      });
    });
    const client = api.client({ signal: stop.signal });
    const underWay = client.send("POST", "/roles", {});
    await arrived;
    stop.abort(new Error("Ctrl-C"));
    answerNow?.();
    expect(await underWay).toEqual({ id: "1" });
    expect(await failureOf(client.send("POST", "/roles", {}))).toMatchObject({
      failure: "stopped",
      unconfirmed: false,
    });
    expect(api.seen).toHaveLength(1);
  });

  test("a stop between two tries leaves a write unconfirmed", async () => {
    const stop = new AbortController();
    api.repliesTo(() => {
      stop.abort();
      return { status: 503 };
    });
    const client = api.client({ signal: stop.signal, pause: { first: 60_000, longest: 60_000 } });
    expect(await failureOf(client.send("POST", "/roles", {}))).toMatchObject({
      failure: "stopped",
      unconfirmed: true,
    });
  });
});

describe("tokens", () => {
  const grant = (token: string, expires?: number) =>
    ({ token, scheme: "Bearer", expires, scopes: undefined }) as const;

  test("all requests share one, and the next is asked for before it ends", async () => {
    let now = 0;
    let number = 0;
    const clock = { now: () => now, sleep: () => Promise.resolve() };
    const ask = () => {
      number += 1;
      return Promise.resolve(grant(String(number), now + 100_000));
    };
    api.replies({ body: {} });
    const client = api.client({ clock }, { ask });
    await Promise.all([client.read("/a"), client.read("/b")]);
    now = 80_000;
    await Promise.all([client.read("/c"), client.read("/d")]);
    expect(api.seen.map(({ authorization }) => authorization)).toEqual([
      "Bearer 1",
      "Bearer 1",
      "Bearer 2",
      "Bearer 2",
    ]);
  });

  test("where none is given nothing is sent, and the next request asks again", async () => {
    const answers = [
      () => Promise.reject(new TenantError("login", "no token")),
      () => Promise.resolve(grant("good")),
    ];
    api.replies({ body: "done" });
    const client = api.client({}, { ask: () => answers.shift()?.() ?? Promise.resolve(grant("")) });
    expect(await failureOf(client.read("/a"))).toMatchObject({ failure: "login", message: "no token" });
    expect(api.seen).toEqual([]);
    expect(await client.read("/a")).toBe("done");
  });
});
