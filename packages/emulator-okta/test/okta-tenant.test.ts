/** How the local Okta org behaves over its life: addresses, orders, pages, restarts. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { z } from "zod";
import {
  authorizationServer,
  policy,
  rule,
  serviceApp,
  TestOrg,
} from "@ai-api-access/testing/okta-tenant.ts";

let now: number | undefined;
const org = TestOrg.use({ clock: () => now ?? Date.now() });
beforeEach(() => {
  org.tenant.reset();
  org.tenant.clearRequests();
});

const servers = "/api/v1/authorizationServers";
const addServer = async () => `${servers}/${await org.create(servers, authorizationServer)}`;

const ranked = z.array(z.object({ name: z.string(), priority: z.number() }));

async function order(path: string): Promise<string[]> {
  const list = ranked.parse((await org.send("GET", path)).body);
  expect(list.map(({ priority }) => priority)).toEqual(list.map((_, index) => index + 1));
  return list.map(({ name }) => name);
}

describe("a client that uses the org as its proxy", () => {
  const proxy = { "proxy-authorization": "Basic Og==" };

  test.each([
    ["without the port", () => "http://localhost"],
    ["with the port", () => org.tenant.origin],
    ["by number", () => `http://127.0.0.1:${String(org.tenant.port)}`],
  ])("is answered when it names the host %s", async (_, base) => {
    const target = `${base()}/api/v1/authorizationServers?q=def&limit=200`;
    const answer = await org.send("GET", "", { target, headers: { ...proxy, host: new URL(target).host } });
    expect(answer).toMatchObject({
      status: 200,
      body: [{ name: "default", issuer: `http://localhost:${String(org.tenant.port)}/oauth2/default` }],
    });
    expect(org.tenant.requests().at(-1)).toMatchObject({
      path: "/api/v1/authorizationServers?q=def&limit=200",
    });
  });

  test("gets no answer in the name of another host", async () => {
    const target = "http://rebound.example/api/v1/users/me";
    expect((await org.send("GET", "", { target, headers: { host: "rebound.example" } })).status).toBe(421);
  });
});

test("every reply has what Okta's clients need: JSON, rate limits, a request id, a date", async () => {
  for (const path of ["/api/v1/users/me", "/api/v1/apps/0oaNothing", "/api/v1/nowhere"]) {
    expect((await org.send("GET", path)).headers).toMatchObject({
      "content-type": [expect.stringMatching(/^application\/json/)],
      "x-rate-limit-limit": [expect.stringMatching(/^\d+$/)],
      "x-rate-limit-remaining": [expect.stringMatching(/^\d+$/)],
      "x-rate-limit-reset": [expect.stringMatching(/^\d{10}$/)],
      "x-okta-request-id": [expect.stringMatching(/^[\w-]+$/)],
      date: [expect.any(String)],
    });
  }
});

describe("priorities", () => {
  test("of policies stay 1, 2, 3…: a new one takes its place, the last follows when there is none, gaps close", async () => {
    const path = `${servers}/default/policies`;
    await org.create(path, policy({ name: "first", priority: 1 }));
    await org.create(path, policy({ name: "second", priority: 2 }));
    await org.create(path, policy({ name: "last", priority: undefined }));
    const far = await org.create(path, policy({ name: "far", priority: 99 }));
    expect(await order(path)).toEqual(["first", "second", "Default Policy", "last", "far"]);
    await org.send("PUT", `${path}/${far}`, { body: policy({ name: "far", priority: 1 }) });
    expect(await order(path)).toEqual(["far", "first", "second", "Default Policy", "last"]);
    await org.send("DELETE", `${path}/${far}`);
    expect(await order(path)).toEqual(["first", "second", "Default Policy", "last"]);
  });

  test("of rules do the same", async () => {
    const policies = `${await addServer()}/policies`;
    const path = `${policies}/${await org.create(policies, policy())}/rules`;
    const second = await org.create(path, rule({ name: "b", priority: 1 }));
    await org.create(path, rule({ name: "a", priority: 1 }));
    expect(await order(path)).toEqual(["a", "b"]);
    await org.send("DELETE", `${path}/${second}`);
    expect(await order(path)).toEqual(["a"]);
  });
});

test("a new org has what Okta's new orgs have", async () => {
  const names = async (path: string, field = "name") =>
    z
      .array(z.looseObject({}))
      .parse((await org.send("GET", path)).body)
      .map((each) => each[field]);
  expect(await names("/api/v1/groups", "profile")).toMatchObject([
    { name: "Everyone" },
    { name: "Okta Administrators" },
  ]);
  expect(await names("/api/v1/apps")).toEqual(["saasure", "okta_enduser", "okta_browser_plugin"]);
  expect(
    (await names("/api/v1/policies?type=ACCESS_POLICY", "system")).filter((system) => system === true),
  ).toHaveLength(1);
  const own = "/api/v1/authorizationServers/default";
  const scopes = await names(`${own}/scopes`);
  expect(scopes.slice(0, -7).every((name) => String(name).startsWith("okta.myAccount."))).toBe(true);
  const openid = "openid profile email address phone offline_access device_sso";
  expect(scopes.slice(-7)).toEqual(openid.split(" "));
  expect(await names(`${own}/claims`)).toHaveLength(19);
  expect(await order(`${own}/policies`)).toEqual(["Default Policy"]);
  expect((await org.send("GET", "/api/v1/users/me")).body).toMatchObject({
    status: "ACTIVE",
    profile: { login: "admin@example.com" },
  });
});

test("the answer to a server's PUT has the time of the change before, the next GET that of this one", async () => {
  now = Date.parse("2026-01-01T00:00:00.400Z");
  const path = await addServer();
  now += 90_000;
  const put = await org.send("PUT", path, { body: { ...authorizationServer, description: "Another" } });
  const made = "2026-01-01T00:00:00.000Z";
  expect(put.body).toMatchObject({ created: made, lastUpdated: made });
  expect((await org.send("GET", path)).body).toMatchObject({ lastUpdated: "2026-01-01T00:01:30.000Z" });
  now = undefined;
});

test("a new authorization server has the OpenID Connect scopes and no policy; rotation and status can be changed", async () => {
  const path = await addServer();
  expect((await org.send("GET", `${path}/scopes`)).body).toHaveLength(7);
  expect((await org.send("GET", `${path}/policies`)).body).toEqual([]);
  const manual = { ...authorizationServer, credentials: { signing: { rotationMode: "MANUAL" } } };
  const changed = await org.send("PUT", path, { body: manual });
  expect(changed.body).toMatchObject({ credentials: { signing: { rotationMode: "MANUAL" } } });
  expect(JSON.stringify(changed.body)).not.toContain("nextRotation");
  await org.send("POST", `${path}/lifecycle/deactivate`);
  expect((await org.send("GET", path)).body).toMatchObject({ status: "INACTIVE", _links: { activate: {} } });
});

test("a server's published keys are those that its discovery document points to, and rotate", async () => {
  const id = await org.create("/api/v1/authorizationServers", authorizationServer);
  const keyIds = async () => {
    const document = await org.send("GET", `/oauth2/${id}/.well-known/openid-configuration`);
    const { jwks_uri, issuer } = z.object({ jwks_uri: z.string(), issuer: z.string() }).parse(document.body);
    expect(issuer).toBe(`${org.tenant.origin}/oauth2/${id}`);
    const keys = await org.send("GET", new URL(jwks_uri).pathname, { authorization: null });
    return z
      .object({ keys: z.array(z.object({ kid: z.string(), n: z.string() })) })
      .parse(keys.body)
      .keys.map(({ kid }) => kid);
  };
  const [active, next] = await keyIds();
  expect((await org.send("GET", `/api/v1/authorizationServers/${id}`)).body).toMatchObject({
    credentials: { signing: { kid: active } },
  });
  await org.send("POST", `/api/v1/authorizationServers/${id}/credentials/lifecycle/keyRotate`, {
    body: { use: "sig" },
  });
  const rotated = await keyIds();
  expect(rotated[0]).toBe(next);
  expect(rotated.at(-1)).toBe(active);
  expect(rotated).toHaveLength(3);
});

test("a list comes in pages whose links go through all of it once, one link a line", async () => {
  for (const label of ["a", "b", "c", "d", "e"])
    await org.create("/api/v1/apps", serviceApp({ label: `page ${label}` }));
  const seen: unknown[] = [];
  let path: string | undefined = "/api/v1/apps?filter=status+eq+%22ACTIVE%22&limit=2&q=page";
  while (path !== undefined) {
    const answer = await org.send("GET", path);
    seen.push(
      ...z
        .array(z.object({ label: z.string() }))
        .parse(answer.body)
        .map(({ label }) => label),
    );
    const lines = answer.headers.link ?? [];
    expect(lines[0]).toBe(`<${org.tenant.origin}${path}>; rel="self"`);
    const next = lines
      .map((line) => /^<([^>]*)>; rel="next"$/.exec(line)?.[1])
      .find((url) => url !== undefined);
    expect(lines).toHaveLength(next === undefined ? 1 : 2);
    path = next === undefined ? undefined : next.slice(org.tenant.origin.length);
  }
  expect(seen).toEqual(["page a", "page b", "page c", "page d", "page e"]);
});

test.each([
  ["/api/v1/apps?limit=1", "/api/v1/apps?limit=1"],
  ["/api/v1/groups", "/api/v1/groups?limit=10000"],
  ["/api/v1/groups?q=Every", undefined],
  ["/api/v1/users?limit=200&sortOrder=0", "/api/v1/users?limit=200"],
  ["/api/v1/users/admin@example.com/groups", "/api/v1/users/admin@example.com/groups?limit=200"],
])("a list links to itself as Okta does, with the size of its pages: %s", async (path, self) => {
  const links = (await org.send("GET", path)).headers.link?.filter((line) => line.includes('rel="self"'));
  expect(links).toEqual(self === undefined ? undefined : [`<${org.tenant.origin}${self}>; rel="self"`]);
});

test("one user comes with a tag that changes with the user", async () => {
  const tagOf = async () => (await org.send("GET", "/api/v1/users/me")).headers.etag?.[0];
  const first = await tagOf();
  expect(first).toMatch(/^W\/"[0-9a-f]{64}"$/);
  expect(await tagOf()).toBe(first);
  await org.send("POST", "/api/v1/users/admin@example.com", { body: { profile: { mobilePhone: "1" } } });
  expect(await tagOf()).not.toBe(first);
});

test("a PUT that changes nothing about an authorization server does not move its time", async () => {
  const path = await addServer();
  const timeOf = async () =>
    z.object({ lastUpdated: z.string() }).parse((await org.send("GET", path)).body).lastUpdated;
  const made = await timeOf();
  now = Date.now() + 60_000;
  await org.send("PUT", path, { body: authorizationServer });
  expect(await timeOf()).toBe(made);
  await org.send("PUT", path, { body: { ...authorizationServer, description: "Another" } });
  expect(await timeOf()).not.toBe(made);
  now = undefined;
});

test("a group can be assigned to an application, listed and taken away", async () => {
  const group = await org.create("/api/v1/groups", { profile: { name: "Readers" } });
  const path = `/api/v1/apps/${await org.create("/api/v1/apps", serviceApp())}/groups`;
  const assigned = await org.send("PUT", `${path}/${group}`, {
    body: { priority: 3, profile: { role: "reader" } },
  });
  expect(assigned).toMatchObject({
    status: 200,
    body: { id: group, priority: 3, profile: { role: "reader" } },
  });
  expect((await org.send("GET", `${path}?limit=200`)).body).toMatchObject([{ id: group }]);
  expect((await org.send("DELETE", `${path}/${group}`)).status).toBe(204);
  expect((await org.send("GET", `${path}/${group}`)).status).toBe(404);
});

describe("an org in a file", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "okta-tenant-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  test("survives a restart on another port, with the addresses of the new one", async () => {
    const first = await TestOrg.start({ file: join(folder, "okta.sqlite") });
    const id = await first.create("/api/v1/authorizationServers", authorizationServer);
    const keys = (await first.send("GET", `/oauth2/${id}/v1/keys`)).body;
    await first.tenant.close();
    const second = await TestOrg.start({ file: join(folder, "okta.sqlite") });
    expect(second.tenant.port).not.toBe(first.tenant.port);
    expect(second.tenant.apiToken).toBe(first.tenant.apiToken);
    expect((await second.send("GET", `/api/v1/authorizationServers/${id}`)).body).toMatchObject({
      issuer: `${second.tenant.origin}/oauth2/${id}`,
    });
    expect((await second.send("GET", `/oauth2/${id}/v1/keys`)).body).toEqual(keys);
    await second.tenant.close();
  });

  test("goes back to its seed on request, with the same token", async () => {
    const seed = org.tenant.snapshot();
    await org.create("/api/v1/apps", serviceApp());
    await org.create("/api/v1/authorizationServers/default/scopes", { name: "ai:read" });
    expect(org.tenant.snapshot()).not.toEqual(seed);
    expect((await org.send("POST", "/_twin/reset")).status).toBe(204);
    expect(org.tenant.snapshot()).toEqual(seed);
    expect((await org.send("GET", "/api/v1/users/me")).status).toBe(200);
  });
});

test("no two groups of an application share a priority", async () => {
  const path = `/api/v1/apps/${await org.create("/api/v1/apps", serviceApp())}/groups`;
  const assign = async (name: string, priority?: number) => {
    const group = await org.create("/api/v1/groups", { profile: { name } });
    await org.send("PUT", `${path}/${group}`, { body: priority === undefined ? {} : { priority } });
    return `${path}/${group}`;
  };
  const priorities = async () =>
    z
      .array(z.object({ priority: z.number() }))
      .parse((await org.send("GET", path)).body)
      .map(({ priority }) => priority);
  const first = await assign("a");
  await assign("b", 1);
  await assign("c");
  expect(await priorities()).toEqual([0, 1, 2]);
  await assign("d", 1);
  expect(await priorities()).toEqual([0, 1, 2, 3]);
  await assign("e", 9);
  await org.send("PUT", first, { body: {} });
  expect((await org.send("GET", first)).body).toMatchObject({ priority: 0 });
  expect(await priorities()).toEqual([0, 1, 2, 3, 9]);
});

test("a refused request leaves nothing behind", async () => {
  const before = org.tenant.snapshot();
  const own = "/api/v1/authorizationServers/default";
  await org.send("POST", `${own}/policies`, {
    body: policy({ conditions: { clients: { include: ["0oaNothing"] } } }),
  });
  await org.send("POST", `${own}/scopes`, { body: { name: "openid" } });
  await org.send("POST", "/api/v1/apps", {
    body: serviceApp({ oauthClient: { grant_types: ["password"] } }),
  });
  expect(org.tenant.snapshot()).toEqual(before);
});
