/** The application's reader: what it takes, what it says of mistakes, and that the command writes nothing it refuses. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { AppConfigError, loadAppConfig, VARIABLES } from "../app-config.ts";
import { entriesOf } from "@ai-api-access/cli/app-config/content.ts";
import { appConfigSchema } from "@ai-api-access/cli/app-config/contract.ts";
import { CONFIG, MANY, SECRET } from "@ai-api-access/testing/app-config.ts";

const folder = mkdtempSync(join(tmpdir(), "ai-api-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const environment = {
  AI_API_AUTH0_ISSUER: "https://acme.us.auth0.com/",
  AI_API_AUTH0_AUDIENCE: "https://ai.example.com",
  AI_API_AUTH0_ORGANIZATION_ID: "org_6WDCFcNyprPeMcHi",
  AI_API_AUTH0_ORGANIZATION_NAME: "my-awesome-company",
  AI_API_AUTH0_ORGANIZATION_DOMAIN: "acme.us.auth0.com",
  AI_API_AUTH0_CLIENT_ID: "uoAY8d2jjN6UZ8RihTT2CJxSCSbaSakJ",
  AI_API_AUTH0_PROOF_OF_POSSESSION: "required",
  AI_API_OKTA_ISSUER: "https://acme.okta.com/oauth2/aus1a2b3c4d5e6f7g8h9",
  AI_API_OKTA_TOKEN_ENDPOINT: "https://acme.okta.com/oauth2/aus1a2b3c4d5e6f7g8h9/v1/token",
  AI_API_OKTA_AUDIENCE: "https://ai.example.com",
  AI_API_OKTA_CLIENT_ID: "0oa1a2b3c4d5e6f7g8h9",
  AI_API_OKTA_CLIENT_SECRET: SECRET,
  AI_API_OKTA_SCOPES: "ai:read ai:write",
};

function mistakesOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof AppConfigError) return error.message;
    throw error;
  }
  throw new Error("Nothing was wrong.");
}

/** Puts a text into a file and has the reader read it. */
function fromFile(text: string) {
  const file = join(folder, "app.json");
  writeFileSync(file, text);
  return loadAppConfig({ file });
}

test("it reads the environment", () => {
  expect(loadAppConfig({ environment })).toEqual(CONFIG);
});

test("a file that the environment names goes before the variables", () => {
  const file = join(folder, "named.json");
  const config = { ...CONFIG, auth0: { ...CONFIG.auth0, audience: "https://of-the-file.example.com" } };
  writeFileSync(file, JSON.stringify({ ...config, somethingNew: true }));
  expect(loadAppConfig({ environment: { ...environment, AI_API_CONFIG_FILE: file } })).toEqual(config);
});

test("what is optional may be absent or empty", () => {
  const config = loadAppConfig({
    environment: { ...environment, AI_API_AUTH0_CLIENT_ID: undefined, AI_API_OKTA_CLIENT_SECRET: "" },
  });
  expect("clientId" in config.auth0 || "clientSecret" in (config.okta ?? {})).toBe(false);
  const ofPeople = Object.entries(environment).filter(([name]) => !name.startsWith("AI_API_OKTA_"));
  expect(loadAppConfig({ environment: Object.fromEntries(ofPeople) })).toEqual({ auth0: CONFIG.auth0 });
});

const many = {
  ...environment,
  AI_API_AUTH0_CLIENT_ID: "",
  AI_API_AUTH0_PROOF_OF_POSSESSION: "",
  AI_API_AUTH0_ORGANIZATION_ID: "",
  AI_API_AUTH0_ORGANIZATION_NAME: "",
  AI_API_AUTH0_ORGANIZATIONS: "acme:org_6WDCFcNyprPeMcHi globex-2:org_0aBcDeFgHiJkLmNo",
};

test("it reads many organizations, by name, in place of one", () => {
  expect(loadAppConfig({ environment: many }).auth0).toEqual(MANY.auth0);
  const both = { ...many, AI_API_AUTH0_ORGANIZATION_ID: "org_1" };
  expect(mistakesOf(() => loadAppConfig({ environment: both }))).toContain(
    "AI_API_AUTH0_ORGANIZATIONS: got {",
  );
  const noId = { ...many, AI_API_AUTH0_ORGANIZATIONS: "acme" };
  expect(mistakesOf(() => loadAppConfig({ environment: noId }))).toContain("AI_API_AUTH0_ORGANIZATIONS");
});

test("all that is wrong with the environment is reported at once, by the names of the variables", () => {
  const wrong = {
    ...environment,
    AI_API_AUTH0_ISSUER: "acme.us.auth0.com",
    AI_API_AUTH0_ORGANIZATION_ID: undefined,
    AI_API_OKTA_ISSUER: "http://acme.okta.com/oauth2/default",
    AI_API_OKTA_SCOPES: " ",
  };
  expect(mistakesOf(() => loadAppConfig({ environment: wrong })).split("\n")).toEqual([
    "The app configuration cannot be used (environment):",
    '  AI_API_AUTH0_ISSUER: got "acme.us.auth0.com"; wants an https URL with a slash at its end, such as https://acme.us.auth0.com/ (http on this machine only)',
    "  AI_API_AUTH0_ORGANIZATION_ID: got nothing; wants an organization's id, such as org_6WDCFcNyprPeMcHi",
    '  AI_API_OKTA_ISSUER: got "http://acme.okta.com/oauth2/default"; wants an https URL with no slash at its end, such as https://acme.okta.com/oauth2/aus1a2b3c4d5e6f7g8h9 (http on this machine only)',
    "  AI_API_OKTA_SCOPES: got nothing; wants a list of scopes, such as ai:read",
    "Write it from the outputs of the stack: npx ai-api-access app-config --stack STACK --format env|json --out FILE",
  ]);
});

describe("of a file", () => {
  test("that is not there, the path is named", () => {
    const file = join(folder, "missing.json");
    expect(mistakesOf(() => loadAppConfig({ file }))).toMatch(
      /missing\.json\):\n {2}It cannot be read: .*ENOENT/,
    );
  });

  test("that is not JSON, nothing is quoted", () => {
    const words = mistakesOf(() => fromFile(`{"okta": {"clientSecret": "${SECRET}"`));
    expect(words).toContain("It is not JSON.");
    expect(words).not.toContain(SECRET);
  });

  test("with a wrong secret, the secret is not shown", () => {
    const okta = { ...CONFIG.okta, clientSecret: `${SECRET} and a blank` };
    const words = mistakesOf(() => fromFile(JSON.stringify({ ...CONFIG, okta })));
    expect(words).toContain("okta.clientSecret: got something else; wants text without blanks");
    expect(words).not.toContain(SECRET);
  });

  test.each(["null", "[]", "{}", '"text"', '{"auth0": [], "okta": 1}'])(
    "that says %s, it is reported",
    (text) => {
      expect(mistakesOf(() => fromFile(text))).toContain("wants an object");
    },
  );
});

test("it knows every value by the variable that the command writes", () => {
  const variables = Object.entries(VARIABLES).flatMap(([part, names]) =>
    Object.entries(names).map(([name, variable]) => [`${part}.${name}`, variable]),
  );
  const entries = [CONFIG, MANY].flatMap(entriesOf).map(({ path, variable }) => [path, variable]);
  expect(Object.fromEntries(entries)).toEqual(Object.fromEntries(variables));
});

test("it takes whatever the command passes on, and nothing else", () => {
  const values = fc.oneof(
    fc.constantFrom<unknown>(
      undefined,
      "",
      " ",
      "a b",
      "a",
      "org_",
      "org_1",
      "https://a.example/",
      "https://a.example",
    ),
    fc.constantFrom<unknown>(
      "http://a.example/",
      "http://localhost:1/",
      "http://[::1]/a",
      "http://localhost.evil.com/a",
    ),
    fc.constantFrom<unknown>(
      "https://a.example/?q",
      "https://a.example/#f",
      "https://",
      [],
      ["a"],
      [""],
      ["a b"],
      [1],
    ),
    fc.jsonValue(),
  );
  const verdicts = { taken: 0, refused: 0 };
  fc.assert(
    fc.property(fc.constantFrom(...entriesOf(CONFIG)), values, ({ path }, value) => {
      const [part, name] = path.split(".");
      const changed = structuredClone<Record<string, Record<string, unknown>>>({
        auth0: CONFIG.auth0,
        okta: CONFIG.okta,
      });
      Object.assign(changed[part ?? ""] ?? {}, { [name ?? ""]: value });
      const text = JSON.stringify(changed);
      const passedOn = appConfigSchema.safeParse(JSON.parse(text));
      if (passedOn.success) {
        verdicts.taken += 1;
        expect(fromFile(text)).toEqual(passedOn.data);
      } else {
        verdicts.refused += 1;
        expect(mistakesOf(() => fromFile(text))).toContain(path);
      }
    }),
    { numRuns: 500, seed: 1 },
  );
  expect(Math.min(verdicts.taken, verdicts.refused)).toBeGreaterThan(20);
});
