/** Claim: a tenant is for its machine alone, and no client can hold it up or fill it. */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { hostsOf } from "@ai-api-access/emulator-core/http/host-names.ts";
import { localCertificate } from "@ai-api-access/emulator-core/machine/certificates.ts";
import { announceTenants } from "@ai-api-access/local/tenants/running.ts";
import { serveTenants } from "@ai-api-access/local/tenants/serve.ts";
import { startTestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import { closing } from "@ai-api-access/testing/closing.ts";
import { testTls } from "@ai-api-access/testing/tls.ts";
import { TestOrg } from "@ai-api-access/testing/okta-tenant.ts";

const closed = closing();

/** An address of this machine that is not loopback, if it has one. */
const outer = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ family, internal }) => family === "IPv4" && !internal)?.address;

/** The status of a GET at an address, or the code of the error. */
async function reach(
  host: string,
  port: number,
  headers: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  return new Promise((resolve) => {
    request({ host, port, path: "/_twin", headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", (error) => {
        resolve("code" in error ? error.code : error);
      })
      .end();
  });
}

describe("who reaches a tenant", () => {
  let said: string[];
  beforeEach(() => {
    said = [];
    jest.spyOn(console, "error").mockImplementation((text) => said.push(String(text)));
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  test("is this machine alone, by its own names alone", async () => {
    const org = await TestOrg.start();
    closed(org.tenant);
    const { port } = org.tenant;
    expect(await reach("127.0.0.1", port)).toBe(200);
    expect(await reach("127.0.0.1", port, { host: "evil.example" })).toBe(421);
    expect(outer === undefined ? "ECONNREFUSED" : await reach(outer, port)).toBe("ECONNREFUSED");
    expect(said).toEqual([]);
  });

  test.each([
    ["all of its addresses", "0.0.0.0"],
    ["one more address", outer ?? "0.0.0.0"],
  ])("with a host for %s is announced by a warning, and loopback still answers", async (_what, host) => {
    const org = await TestOrg.start({ host });
    closed(org.tenant);
    const { port } = org.tenant;
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(
      new RegExp(`^WARNING: the local okta tenant answers at ${host}, port ${String(port)}.*secrets`, "s"),
    );
    expect(await reach("127.0.0.1", port)).toBe(200);
    expect(await reach(outer ?? "127.0.0.1", port, { host: "host.docker.internal" })).toBe(200);
    await org.tenant.close();
    expect(await reach(outer ?? "127.0.0.1", port)).toBe("ECONNREFUSED");
  });

  test("finds it by the name that it was given, which its addresses carry, and by no other", async () => {
    const org = await TestOrg.start({ name: "okta.test", withTls: { port: 0, tls: testTls() } });
    closed(org.tenant);
    const { origin, tlsOrigin, port } = org.tenant;
    expect(origin).toBe(`http://okta.test:${String(port)}`);
    expect(tlsOrigin).toMatch(/^https:\/\/okta\.test:\d+$/);
    const metadata = await org.send("GET", "/.well-known/openid-configuration", {
      headers: { host: "okta.test" },
    });
    expect(metadata.body).toMatchObject({ issuer: origin });
    expect(await reach("127.0.0.1", port)).toBe(200);
    expect(await reach("127.0.0.1", port, { host: "evil.example" })).toBe(421);
  });

  test.each([
    [["auth0.test", "0.0.0.0"], { name: "auth0.test", host: "0.0.0.0" }],
    [["AUTH0.test"], { name: "auth0.test", host: undefined }],
    [["::"], { name: undefined, host: "::" }],
  ])("--host %j is understood", (values, hosts) => {
    expect(hostsOf(values)).toEqual(hosts);
  });

  test.each([[["a_b"]], [["https://auth0.test"]], [["one.test", "two.test"]], [["127.0.0.2", "0.0.0.0"]]])(
    "--host %j is refused",
    (values) => {
      expect(() => hostsOf(values)).toThrow(/at most one address .* --host 0\.0\.0\.0 --host auth0\.test/);
    },
  );

  test("cannot be at an address that this machine does not have", async () => {
    await expect(TestOrg.start({ host: "192.0.2.1" })).rejects.toThrow(
      "This machine has no address 192.0.2.1",
    );
  });
});

describe("a body that is too large", () => {
  const large = { name: "x".repeat(1024 * 1024) };

  test("is refused as Auth0 does, and nothing is written", async () => {
    const tenant = closed(await startTestTenant());
    const text = "Payload content length greater than maximum allowed: 1048576";
    expect(await tenant.call("POST", "/api/v2/roles", large)).toMatchObject({
      status: 413,
      body: { statusCode: 413, error: "Request Entity Too Large", message: text },
    });
    expect(await tenant.call("POST", "/oauth/token", large)).toMatchObject({
      status: 413,
      body: { error: "invalid_request", error_description: text },
    });
    expect((await tenant.call("GET", "/api/v2/roles")).body).toEqual([]);
  });

  test("is refused with the page of Okta's gateway", async () => {
    const org = await TestOrg.start();
    closed(org.tenant);
    const answer = await org.send("POST", "/api/v1/groups", { body: large }).catch((error: unknown) => error);
    expect(answer).toMatchObject({ status: 413, headers: { "content-type": ["text/html"] } });
  });
});

describe("a slow client", () => {
  /** What comes back for the beginning of a request that is never ended, until the tenant hangs up. */
  async function begin(port: number, text: string): Promise<string> {
    const socket = connect(port, "127.0.0.1");
    socket.write(text);
    const chunks: string[] = [];
    for await (const chunk of socket) chunks.push(String(chunk));
    return chunks.join("");
  }

  test("is sent away, whether its headers or its body do not come, and others are served meanwhile", async () => {
    const org = await TestOrg.start({ requestTimeout: 300 });
    closed(org.tenant);
    const { port } = org.tenant;
    const head = "POST /api/v1/groups HTTP/1.1\r\nHost: localhost\r\n";
    const slow = [
      begin(port, head),
      begin(port, `${head}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{`),
    ];
    expect((await org.send("GET", "/api/v1/users/me")).status).toBe(200);
    for (const answer of await Promise.all(slow)) expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect((await org.send("GET", "/api/v1/groups?q=x")).body).toEqual([]);
  });
});

test("what holds secrets is for its user alone", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tenants-"));
  closed({
    close: () => {
      rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    },
  });
  const modeOf = (file: string) => (statSync(join(folder, file)).mode & 0o777).toString(8);
  await localCertificate({ folder });
  expect([modeOf("ca.key"), modeOf("localhost.key")]).toEqual(["600", "600"]);
  const tenants = closed(await serveTenants({ folder, firstPorts: { auth0: 0, okta: 0 } }));
  announceTenants(folder, tenants.access);
  const files = ["running.json", "admin-token", "auth0.sqlite", "auth0.sqlite-wal", "okta.sqlite"];
  expect(files.map(modeOf)).toEqual(files.map(() => "600"));
  const { adminToken } = tenants.access;
  await tenants.close();
  const again = closed(await serveTenants({ folder }));
  expect(again.access.adminToken).toBe(adminToken);
});
