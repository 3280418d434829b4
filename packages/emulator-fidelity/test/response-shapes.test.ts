/**
 * Claim: in the life of a tenant every answer has the shape that the vendor's own SDK gives it: nothing required is
 * missing, nothing is there that the SDK does not know, and no secret shows where the vendor shows none. What
 * differs stands in the list of known differences.
 */
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { RunningTenant } from "@ai-api-access/emulator-core";
import { notedTenants } from "../src/ledger/tenants.ts";
import { startTestTenant, type TestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import { TestOrg } from "@ai-api-access/testing/okta-tenant.ts";
import { ShapeCheck } from "./shapes/check.ts";
import { CLIENT_DOCUMENT, liveAuth0 } from "./shapes/lives/auth0.ts";
import { Life } from "./shapes/lives/life.ts";
import { liveOkta } from "./shapes/lives/okta.ts";
import type { SdkVendor } from "./shapes/schemas.ts";
import { secretsIn, showing } from "./shapes/secrets.ts";
import { unknownShapes } from "./shapes/unknown.ts";
import { UNTYPED } from "./shapes/untyped.ts";

/** Operations whose answers show a client's own secret, as the vendor's do. */
const SHOW_SECRETS: Readonly<Record<SdkVendor, readonly string[]>> = {
  auth0: ["get_clients", "get_clients_by_id", "patch_clients_by_id", "post_clients", "post_rotate_secret"],
  okta: [
    "activateOAuth2ClientSecret",
    "createApplication",
    "createOAuth2ClientSecret",
    "deactivateOAuth2ClientSecret",
    "getOAuth2ClientSecret",
    "listOAuth2ClientSecrets",
    "replaceApplication",
  ],
};

interface Lived {
  readonly check: ShapeCheck;
  readonly answers: readonly (readonly [operation: string, body: unknown])[];
  readonly secrets: readonly string[];
}

const live: Readonly<Record<SdkVendor, () => Promise<Lived>>> = {
  auth0: async () => {
    const target = await startTestTenant({ fetch: () => Promise.resolve(Response.json(CLIENT_DOCUMENT)) });
    return watch("auth0", target, (look) =>
      liveAuth0(new Life("auth0", (...request) => target.call(...request), look)),
    );
  },
  okta: async () => {
    const target = await TestOrg.start();
    const { tenant } = target;
    return watch("okta", { tenant, close: () => tenant.close() }, (look) =>
      liveOkta(new Life("okta", (method, path, body) => target.send(method, path, { body }), look)),
    );
  },
};

/** Looks at the answers of a life, then stops the tenant. */
async function watch(
  vendor: SdkVendor,
  target: Pick<TestTenant, "close"> & { readonly tenant: RunningTenant },
  life: (look: (operation: string, body: unknown) => void) => Promise<void>,
): Promise<Lived> {
  const check = new ShapeCheck(vendor);
  const answers: [string, unknown][] = [];
  try {
    await life((operation, body) => {
      answers.push([operation, body]);
      check.look(operation, body);
    });
    return { check, answers, secrets: secretsIn(target.tenant.snapshot()) };
  } finally {
    await target.close();
  }
}

describe.each([
  ["Auth0", "auth0"],
  ["Okta", "okta"],
] as const)("the %s tenant", (name, vendor) => {
  let lived: Lived;
  beforeAll(async () => {
    lived = await live[vendor]();
  });

  test("answers in the shapes of the SDK", () => {
    expect(unknownShapes(lived.check, vendor)).toEqual([]);
  });

  test("has a type of the SDK for every operation that answers with something, or a reason why not", () => {
    const routes = notedTenants.find(({ notes }) => notes.vendor === name)?.routes ?? [];
    const answering = routes.filter(({ success }) => success !== 204).map(({ operation }) => operation);
    const untyped = Object.keys(UNTYPED[vendor]);
    expect(answering.filter((one) => !lived.check.typed.has(one) && !untyped.includes(one))).toEqual([]);
    expect(untyped.filter((one) => lived.check.typed.has(one) || !answering.includes(one))).toEqual([]);
  });

  test("is asked for every answer that has a type", () => {
    expect([...lived.check.typed].filter((operation) => !lived.check.checked.has(operation))).toEqual([]);
  });

  test("shows a client's secret where the vendor does, and no other secret anywhere", () => {
    expect(lived.secrets.length).toBeGreaterThan(3);
    const shown = showing(lived.secrets, lived.answers);
    expect([...shown].toSorted()).toEqual(SHOW_SECRETS[vendor]);
    expect(JSON.stringify(lived.answers)).not.toMatch(/PRIVATE KEY|"password":"|"hash":|"salt":/);
  });
});

test("a wrong shape is found: what is missing, what is more, what is of another type", () => {
  const check = new ShapeCheck("auth0");
  check.look("get_client-grants", [{ id: "cgr_1", client_id: 7, audience: "x", scope: [], surprise: true }]);
  check.look("get_roles", { roles: [{ id: "rol_1", secret: "x" }], start: 0, limit: 50, total: 1 });
  expect(check.found).toMatchObject([
    { operation: "get_client-grants", kind: "extra", at: "[].surprise" },
    { operation: "get_client-grants", kind: "value", at: "[].client_id" },
    { operation: "get_roles", kind: "extra", at: "[].secret" },
  ]);
});
