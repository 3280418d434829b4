/** What the components say about wrong inputs: the rules and the words of the configuration. */
import { describe, expect, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { fieldsOf, schemaAt } from "../../../src/components/checks/field.ts";
import { checkInputs } from "../../../src/components/checks/inputs.ts";
import * as components from "../../../src/components/index.ts";
import packageSchema from "../../../src/components/schema.json" with { type: "json" };
import { provider } from "../../../src/components/provider.ts";
import { findConfigMistakes } from "../../../src/config/index.ts";

const { ApiAccess, LoginApplication, OrganizationAccess, OrganizationMembers, ServiceApp } = components;

/** The mistakes by their path. */
function mistakes(run: () => void): Record<string, string> {
  try {
    run();
    return {};
  } catch (error) {
    return reasonsOf(error);
  }
}

function reasonsOf(error: unknown): Record<string, string> {
  if (!pulumi.InputPropertiesError.isInstance(error)) throw error;
  return Object.fromEntries(error.errors.map(({ propertyPath, reason }) => [propertyPath, reason]));
}

/** An output of another resource, which a preview does not know yet. */
const later = new Promise<string>(() => undefined);

const api = {
  identifier: "https://ai.example.com",
  name: "AI API",
  permissions: [{ name: "ai:read" }],
  roles: [{ name: "reader", permissions: ["ai:read"] }],
};
const organization = {
  name: "acme",
  displayName: "Acme",
  connections: [{ name: "acme-users", connectionId: later }],
};
const members = [{ userId: "samlp|acme|Ada Lovelace", roles: [] }];
const KEY = { kty: "RSA", kid: "a", e: "AQAB", n: "AQAB" };
const service = {
  label: "AI Service",
  tokenEndpointAuthMethod: "client_secret_post",
  audience: later,
  scopes: [{ name: "ai:read" }],
};

/** Inputs without a rule: what other resources give, and what nobody else can judge. */
const UNCHECKED = [
  "IdentityProviderConnection.clientSecret",
  "IdentityProviderConnection.options",
  "LoginApplication.connections",
  "OktaSignIn.groupIds",
  "OrganizationMachine.clientId",
  "OrganizationMachine.organizations",
  "OrganizationMembers.organizationId",
];

const withInputs = z.object({ inputs: z.instanceof(z.ZodType) });
const inputProperties = z.record(z.string(), z.looseObject({ type: z.string().optional() }));
const { resources } = z
  .object({ resources: z.record(z.string(), z.object({ inputProperties })) })
  .parse(packageSchema);

type Inputs = z.output<typeof inputProperties>;

const classes = new Map<string, unknown>(Object.entries(components));

/** What is chosen of each component, as `ApiAccess.name`. */
function ofEachComponent(choose: (rules: z.ZodType, inputs: Inputs) => readonly string[]): string[] {
  const chosen = Object.entries(resources).flatMap(([token, { inputProperties: inputs }]) => {
    const name = token.split(":").at(-1) ?? "";
    const { inputs: rules } = withInputs.parse(Object.assign({}, classes.get(name)));
    return choose(rules, inputs).map((input) => `${name}.${input}`);
  });
  return chosen.toSorted();
}

test("every input has a rule, but flags, which the SDK checks, and what nobody here can judge", () => {
  const without = ofEachComponent((rules, inputs) =>
    Object.keys(inputs).filter(
      (input) => inputs[input]?.type !== "boolean" && schemaAt(rules, [input]) === undefined,
    ),
  );
  expect(without).toEqual(UNCHECKED);
});

test("every rule is of an input that its component takes", () => {
  const untaken = ofEachComponent((rules, inputs) =>
    fieldsOf(rules)
      .map(([field]) => field)
      .filter((field) => !(field in inputs)),
  );
  expect(untaken).toEqual([]);
});

describe("a component", () => {
  test("takes what is right", () => {
    expect(
      mistakes(() => {
        checkInputs(ApiAccess.inputs, api);
      }),
    ).toEqual({});
    expect(
      mistakes(() => {
        checkInputs(OrganizationAccess.inputs, organization);
      }),
    ).toEqual({});
    expect(
      mistakes(() => {
        checkInputs(OrganizationMembers.inputs, { members });
      }),
    ).toEqual({});
    expect(
      mistakes(() => {
        checkInputs(ServiceApp.inputs, service);
      }),
    ).toEqual({});
  });

  test("names every mistake at once, before it declares anything", () => {
    const args = {
      ...organization,
      name: "Acme Inc",
      logoUrl: "http://example.com/logo.png",
      primaryColor: "blue",
      discoveryDomains: ["example.com", "example.com"],
      tokensPerDay: 0,
    };
    // Without an engine or mocks, a resource could not even be declared.
    expect(Object.keys(mistakes(() => new OrganizationAccess("acme", args))).sort()).toEqual([
      "discoveryDomains[1]",
      "logoUrl",
      "name",
      "pageBackgroundColor",
      "primaryColor",
      "tokensPerDay",
    ]);
  });

  test("says what the configuration says", () => {
    const [inConfig] = findConfigMistakes({
      values: {
        "ai-api-access:api": JSON.stringify({ ...api, roles: undefined, permissions: [{ name: "ai read" }] }),
      },
      secretKeys: [],
      environment: {},
    }).filter(({ key }) => key === "ai-api-access:api.permissions[0].name");
    const reasons = mistakes(() => new ApiAccess("api", { ...api, permissions: [{ name: "ai read" }] }));
    expect(reasons["permissions[0].name"]).toBe(
      `got ${inConfig?.got ?? ""}; wants ${inConfig?.wants ?? ""}; example: ${inConfig?.example ?? ""}`,
    );
  });

  test("joins its inputs, and calls them by their own names", () => {
    const roles = [{ name: "reader", permissions: ["ai:red"] }];
    expect(
      mistakes(() => {
        checkInputs(ApiAccess.inputs, { ...api, roles });
      }),
    ).toEqual({
      "roles[0].permissions[0]":
        'got "ai:red"; wants a permission that api declares: ai:read; example: ai:read; next: did you mean ai:read?',
    });
  });

  test.each([
    ["a value alone", { ...service, label: later }],
    [
      "one of two that go together",
      { ...service, tokenEndpointAuthMethod: "private_key_jwt", jwksUri: later },
    ],
    [
      "a value that decides about others",
      { ...service, tokenEndpointAuthMethod: later, jwksUri: "https://a.example.com" },
    ],
    ["an item of a list", { ...service, redirectUris: [later] }],
  ])("leaves alone what a preview does not know: %s", (_, args) => {
    expect(
      mistakes(() => {
        checkInputs(ServiceApp.inputs, args);
      }),
    ).toEqual({});
  });

  test("checks what it knows beside what it does not", () => {
    const args = {
      ...{ name: "Console", type: "spa", callbacks: ["com.example.app://callback"], connections: [] },
      ...{ audience: later, permissions: ["ai:read"], requirePushedAuthorizationRequests: true },
    };
    expect(
      Object.keys(
        mistakes(() => {
          checkInputs(LoginApplication.inputs, args);
        }),
      ),
    ).toEqual(["callbacks[0]", "requirePushedAuthorizationRequests"].sort());
  });

  // The engine prints the value of the property that an error's path leads to.
  test("shows no key, and has none shown", () => {
    const jwks = [{ kty: "RSA", kid: "a", e: "AQAB", n: "AQAB", d: "the-private-part" }];
    const reasons = mistakes(() => {
      checkInputs(ServiceApp.inputs, { ...service, tokenEndpointAuthMethod: "private_key_jwt", jwks });
    });
    expect(Object.keys(reasons)).toContain("jwks[0].d (not shown)");
    expect(JSON.stringify(reasons)).not.toContain("the-private-part");
  });

  test.each([
    ["a key as browsers export it", [{ ...KEY, d: "the-private-part", ext: true, key_ops: ["sign"] }]],
    ["more than two keys", ["a", "b", "c"].map((kid) => ({ ...KEY, kid, d: "the-private-part" }))],
    ["a set of keys", { keys: [{ ...KEY, d: "the-private-part" }] }],
  ])("leads the engine to no key: %s", (_, jwks) => {
    const reasons = mistakes(() => {
      checkInputs(ServiceApp.inputs, { ...service, tokenEndpointAuthMethod: "private_key_jwt", jwks });
    });
    const paths = Object.keys(reasons).filter((path) => path.startsWith("jwks"));
    expect(paths).not.toEqual([]);
    for (const path of paths) expect(path).toMatch(/ \(not shown\)$/);
    expect(JSON.stringify(reasons)).not.toContain("the-private-part");
  });

  test("an authorization server of one's own has to have an audience", () => {
    const { label, tokenEndpointAuthMethod, scopes } = service;
    const reasons = mistakes(() => {
      checkInputs(ServiceApp.inputs, { label, tokenEndpointAuthMethod, scopes });
    });
    expect(reasons).toEqual({ audience: expect.stringContaining("wants the audience of the tokens") });
  });
});

describe("the package", () => {
  const construct = async (inputs: pulumi.Inputs) => {
    try {
      await provider.construct?.("api", "ai-api-access:auth0:ApiAccess", inputs, {});
      return {};
    } catch (error) {
      return reasonsOf(error);
    }
  };

  test("checks what other resources have given, where it is known", async () => {
    const reasons = await construct({ ...api, name: pulumi.output("<AI>") });
    expect(reasons).toEqual({
      name: expect.stringMatching(/^got "<AI>"; wants 1 to 200 characters without < and >/),
    });
  });

  test("shows no secret that is wrong", async () => {
    const reasons = await construct({ ...api, identifier: "", name: pulumi.secret("<AI>") });
    expect(Object.keys(reasons)).toEqual(["identifier"]);
  });
});
