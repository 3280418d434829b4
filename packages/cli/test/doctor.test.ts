/** `npx ai-api-access doctor`: each fault is named, alone, with what to do; a healthy stack is only ticks; nothing is written. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";
import type { Check } from "../src/doctor/check.ts";
import type { DoctorInput } from "../src/doctor/input.ts";
import { diagnose } from "../src/doctor/doctor.ts";
import { describe as report } from "../src/doctor/report.ts";
import { localSource } from "../src/shared/stack/source.ts";
import { serveTenants } from "@ai-api-access/local/tenants/serve.ts";
import type { TenantAccess } from "@ai-api-access/local/tenants/access.ts";
import { TestTwin } from "@ai-api-access/testing/twin.ts";
import { auth0Sdk } from "./by-hand.ts";
import {
  ORGANIZATION,
  forbiddingProxy,
  organizationWithFiftyRoles,
  organizationWithTenConnections,
  doctorInput,
  withClientAllowed,
  withEnvironment,
  withLeftovers,
  withValues,
  withoutApiAccessManagement,
} from "./doctor-plants.ts";

let twin: TestTwin;
let access: TenantAccess;
let forbidding: Awaited<ReturnType<typeof forbiddingProxy>>;
type Snapshot = ReturnType<TestTwin["tenants"]["auth0"]["snapshot"]>;
let seeded: [Snapshot, Snapshot];
beforeAll(async () => {
  twin = await TestTwin.start();
  access = twin.tenants.access;
  forbidding = await forbiddingProxy(twin);
  seeded = [twin.tenants.auth0.snapshot(), twin.tenants.okta.snapshot()];
});
afterAll(async () => {
  await forbidding.close();
  await twin.close();
});
beforeEach(() => {
  twin.clearRequests();
});
afterEach(() => {
  twin.tenants.auth0.restore(seeded[0]);
  twin.tenants.okta.restore(seeded[1]);
});

const wrongs = (checks: readonly Check[]) =>
  checks
    .filter(({ status }) => status === "wrong")
    .map(({ subject, found, next }) => ({ subject, found, next }));

const member = (...members: object[]) => ({ "ai-api-access:organization.members": members });
const SERVICE_APP = {
  label: "AI Service OAuth App",
  tokenEndpointAuthMethod: "client_secret_post",
  scopes: [{ name: "ai:read" }],
};

test("a healthy stack is only ticks, and nothing was written or asked twice", async () => {
  const checks = await diagnose(doctorInput(twin));

  expect(checks.filter(({ status }) => status !== "ok")).toEqual([]);
  expect(report(checks, "dev").at(-1)).toBe("Nothing stands in the way of `up` of stack dev.");
  expect(twin.writes()).toEqual([]);
  const reads = twin.requests().filter((line) => line.startsWith("GET "));
  expect(reads).toEqual([...new Set(reads)]);
});

interface Fault {
  readonly fault: string;
  /** Plants it, and answers the stack that has it. */
  readonly plant: () => Promise<DoctorInput> | DoctorInput;
  readonly subject: Check["subject"];
  readonly found: RegExp;
  readonly next: RegExp;
}

const faults: readonly Fault[] = [
  {
    fault: "no Pulumi CLI",
    plant: () =>
      doctorInput(twin, {}, { tools: { node: "24.0.0", pulumi: undefined, needsLanguageHost: true } }),
    subject: "tools",
    found: /no Pulumi CLI on PATH/,
    next: /pulumi\.com\/docs\/install/,
  },
  {
    fault: "an old Pulumi CLI",
    plant: () =>
      doctorInput(
        twin,
        {},
        {
          tools: {
            node: "24.0.0",
            pulumi: { command: "/usr/bin/pulumi", version: "3.99.1" },
            needsLanguageHost: false,
          },
        },
      ),
    subject: "tools",
    found: /3\.99\.1 is too old/,
    next: /3\.259\.0 or newer/,
  },
  {
    fault: "a mistake in the configuration",
    plant: () =>
      doctorInput(twin, { "ai-api-access:serviceApp": { ...SERVICE_APP, accessTokenLifetimeMinutes: 3 } }),
    subject: "configuration",
    found: /serviceApp\.accessTokenLifetimeMinutes: got 3/,
    next: /it wants .* for example/,
  },
  {
    fault: "a secret in plain text",
    plant: () => withValues(twin, { "auth0:clientSecret": access.auth0.clientSecret }),
    subject: "credentials",
    found: /^auth0:clientSecret: a secret in plain text \(not shown\)$/,
    next: /pulumi config set --secret auth0:clientSecret/,
  },
  {
    fault: "no credentials of Okta",
    plant: () => withEnvironment(twin, { OKTA_API_TOKEN: "" }),
    subject: "credentials",
    found: /no credentials for Okta/,
    next: /pulumi config set --secret okta:apiToken/,
  },
  {
    fault: "a tenant that is not there",
    plant: () => withValues(twin, { "auth0:domain": "localhost:47" }),
    subject: "auth0",
    found: /https:\/\/localhost:47 gives no answer: .*ECONNREFUSED/,
    next: /check auth0:domain/,
  },
  {
    fault: "a wrong client secret",
    plant: () => withEnvironment(twin, { AUTH0_CLIENT_SECRET: "not-the-secret" }),
    subject: "auth0",
    found: /oauth\/token: Unauthorized \(HTTP 401\)/,
    next: /check auth0:clientId and auth0:clientSecret/,
  },
  {
    fault: "a missing scope",
    plant: () => withClientAllowed(twin, (scope) => scope !== "create:roles"),
    subject: "scopes",
    found: /^create:roles is missing \(for Role\)$/,
    next: /Machine to Machine Applications/,
  },
  {
    fault: "an API token that ended",
    plant: () => withEnvironment(twin, { OKTA_API_TOKEN: "00ended" }),
    subject: "okta",
    found: /the API token is refused: Invalid token provided \(HTTP 401, E0000011\)/,
    next: /Security > API > Tokens/,
  },
  {
    fault: "an admin without API Access Management rights",
    plant: () => withValues(twin, { "okta:httpProxy": forbidding.origin }),
    subject: "admin rights",
    found: /reading authorization servers: .*\(HTTP 403, E0000006\)/,
    next: /super administrator/,
  },
  {
    fault: "an org without API Access Management",
    plant: () => {
      withoutApiAccessManagement(twin);
      return doctorInput(twin);
    },
    subject: "API Access Management",
    found: /does not have it/,
    next: /authorizationServer\.existing/,
  },
  {
    fault: "an unknown email",
    plant: () => doctorInput(twin, member({ email: "nobody@example.com", roles: [] })),
    subject: "names that must exist",
    found:
      /person nobody@example\.com \(ai-api-access:organization\.members\[0\]\): No user of the tenant has this email/,
    next: /User Management > Users/,
  },
  {
    fault: "an unknown user id",
    plant: () => doctorInput(twin, member({ user: "auth0|64f00000000000000000ffff", roles: [] })),
    subject: "names that must exist",
    found: /person auth0\|64f00000000000000000ffff .*: there is none of this id/,
    next: /User Management > Users/,
  },
  {
    fault: "an unknown role",
    plant: () => doctorInput(twin, member({ email: "grace@example.com", roles: ["ai-raeder"] })),
    subject: "names that must exist",
    found: /role ai-raeder .*the tenant has none/,
    next: /did you mean ai-reader/,
  },
  {
    fault: "an unknown connection",
    plant: () =>
      doctorInput(twin, { "ai-api-access:organization.connections": [{ existing: "username-password" }] }),
    subject: "names that must exist",
    found: /connection username-password .*No connection of the tenant has this name/,
    next: /look under Authentication/,
  },
  {
    fault: "members in a database that the organization does not have",
    plant: () =>
      doctorInput(twin, {
        "ai-api-access:organization.connections": [{ database: "my-awesome-company-users" }],
      }),
    subject: "sign-in",
    found:
      /^no account in my-awesome-company-users, .*: ada@example\.com \(in Username-Password-Authentication\), grace@.*: none of the members can sign in$/,
    next: /existing under connections/,
  },
  {
    fault: "an unknown authorization server",
    plant: () =>
      doctorInput(twin, {
        "ai-api-access:serviceApp": {
          ...SERVICE_APP,
          authorizationServer: { existing: "aus1a2b3c4d5e6f7g8h9" },
        },
      }),
    subject: "names that must exist",
    found: /authorization server aus1a2b3c4d5e6f7g8h9 .*there is none of this id/,
    next: /Security > API/,
  },
  {
    fault: "a taken name of an organization",
    plant: async () => {
      await auth0Sdk(access).organizations.create({ name: "my-awesome-company" });
      return doctorInput(twin);
    },
    subject: "names that must be free",
    found: /^Organization my-awesome-company is there already \(org_\w+\)$/,
    next: /npx ai-api-access adopt --stack dev; else choose another name/,
  },
  {
    fault: "a taken label of an app",
    plant: async () => {
      await twin.byHand("okta", "POST", "/apps", {
        name: "oidc_client",
        label: "AI Service OAuth App",
        signOnMode: "OPENID_CONNECT",
        credentials: { oauthClient: { token_endpoint_auth_method: "client_secret_post" } },
        settings: {
          oauthClient: {
            application_type: "service",
            grant_types: ["client_credentials"],
            response_types: ["token"],
          },
        },
      });
      return doctorInput(twin);
    },
    subject: "names that must be free",
    found: /^OAuth AI Service OAuth App is there already \(0oa\w+\)$/,
    next: /npx ai-api-access adopt --stack dev/,
  },
  {
    fault: "ten connections already",
    plant: async () =>
      doctorInput(twin, {}, { state: new Map([[ORGANIZATION, await organizationWithTenConnections(twin)]]) }),
    subject: "limits",
    found: /would have 11 connections; Auth0 allows 10/,
    next: /take one out/,
  },
  {
    fault: "fifty roles already",
    plant: async () =>
      doctorInput(twin, {}, { state: new Map([[ORGANIZATION, await organizationWithFiftyRoles(twin)]]) }),
    subject: "limits",
    found: /auth0\|64f0000000000000000000a1 would have 51 roles in the organization; Auth0 allows 50/,
    next: /fewer roles/,
  },
];

test.each(faults)("it names $fault, and nothing else", async ({ plant, subject, found, next }) => {
  const input = await plant();
  twin.clearRequests();

  expect(wrongs(await diagnose(input))).toEqual([
    { subject, found: expect.stringMatching(found), next: expect.stringMatching(next) },
  ]);
  expect(twin.writes()).toEqual([]);
});

test("what a local stack left in the shell is named, and no request goes anywhere", async () => {
  const checks = await diagnose(withLeftovers(twin));
  expect(wrongs(checks)).toEqual([
    {
      subject: "configuration",
      found: expect.stringMatching(
        /^auth0:domain: got "acme\.us\.auth0\.com", with AUTH0_DOMAIN=localhost:\d+ /,
      ),
      next: expect.stringContaining("unset AUTH0_DOMAIN"),
    },
    {
      subject: "configuration",
      found: expect.stringMatching(/^okta:httpProxy: got "http:\/\/localhost:\d+" \(from OKTA_HTTP_PROXY\)$/),
      next: expect.stringMatching(/one of acme\.okta\.com.*unset OKTA_HTTP_PROXY/),
    },
  ]);
  expect(checks.filter(({ subject }) => subject === "credentials")).toEqual([
    { subject: "credentials", status: "unchecked", found: "Auth0: not before auth0:domain is right" },
    { subject: "credentials", status: "unchecked", found: "Okta: not before okta:httpProxy is right" },
  ]);
  expect(twin.tenants.okta.requests()).toEqual([]);
});

test("it names a clock that is ten minutes off", async () => {
  const folder = mkdtempSync(join(tmpdir(), "doctor-clock-"));
  const clock = () => Date.now() + 600_000;
  const ahead = await serveTenants({ folder, firstPorts: { auth0: 0, okta: 0 }, clock });
  try {
    const checks = await diagnose(doctorInput(twin, {}, { source: localSource(ahead.access) }));
    expect(wrongs(checks)).toEqual([
      {
        subject: "clock",
        found: expect.stringMatching(/^this machine is \d{3} s behind both tenants$/),
        next: expect.stringContaining("time server"),
      },
    ]);
  } finally {
    await ahead.close();
    rmSync(folder, { recursive: true });
  }
});
