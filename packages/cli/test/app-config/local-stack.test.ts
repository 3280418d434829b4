/**
 * From the stack to the running API, on the real engine: the outputs become a file, the API starts from it, and the
 * tokens of both tenants open it. The vendors' own verifiers are asked about the same tokens. The tests follow one
 * another.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, statSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import { loadAppConfig } from "../../../../examples/ai-api/app-config.ts";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { call, startApi, type Operation, type RunningApi } from "@ai-api-access/local/demo/api.ts";
import { serviceApp } from "@ai-api-access/local/demo/machines.ts";
import { demoOutputsSchema, type DemoOutputs } from "@ai-api-access/local/demo/outputs.ts";
import { loginApplication, signIn } from "@ai-api-access/local/demo/people.ts";
import { anotherOrganization, readApplication } from "@ai-api-access/local/demo/tenant.ts";
import { trustLocalCa } from "@ai-api-access/local/demo/trust.ts";
import { vendorVerifiers, type VendorVerifiers } from "@ai-api-access/verifier/testing/vendor-verifiers";
import { engine } from "@ai-api-access/testing/engine.ts";
import { TestTwin } from "@ai-api-access/testing/twin.ts";

const ADA = "auth0|64f0000000000000000000a1";
const CALLBACK = "http://localhost:3000/callback";

let twin: TestTwin;
let outputs: DemoOutputs;
let env: Record<string, string>;
let api: RunningApi;
let vendors: VendorVerifiers;
/** An access token of somebody or something. */
let ada: string;
let grace: string;
let elsewhere: string;
let machine: string;
let reader: string;

const file = (name: string) => join(twin.home.folder, name);

beforeAll(async () => {
  // What @okta/jwt-verifier has to say of an issuer on http.
  jest.spyOn(console, "warn").mockReturnValue();
  twin = await TestTwin.start();
  trustLocalCa(twin.tenants.access.caFile);
  await twin.run("up");
  const opened = await twin.open();
  outputs = demoOutputsSchema.parse(await opened.outputs(true));
  const { command } = await engine();
  env = {
    ...opened.stack.workspace.envVars,
    PATH: `${dirname(command)}${delimiter}${process.env.PATH ?? ""}`,
  };
  await getTokens();
});
afterAll(async () => {
  await Promise.all([api.close(), vendors.close()]);
  await twin.close();
});

async function getTokens(): Promise<void> {
  const { access } = twin.tenants;
  const { appConfig } = outputs;
  const known = await readApplication(access, appConfig.auth0.clientId ?? "");
  const application = await loginApplication(appConfig, known, CALLBACK);
  const { okta } = appConfig;
  if (okta === undefined) throw new Error("The local stack has a service app.");
  const service = await serviceApp(okta);
  ada = await signIn(application, "ada@example.com");
  grace = await signIn(application, "grace@example.com");
  elsewhere = await signIn(application, "ada@example.com", await anotherOrganization(access, outputs, ADA));
  machine = await service("ai:read", "ai:write");
  reader = await service("ai:read");
}

/** Runs `ai-api-access app-config ARGS` where the twin's project is, with these variables too. */
async function appConfig(args: string, more: NodeJS.ProcessEnv = {}) {
  const script = join(repositoryRoot, "packages/cli/src/main.ts");
  const child = spawn(process.execPath, [script, "app-config", ...args.split(" ")], {
    cwd: twin.home.project,
    env: { ...process.env, ...env, ...more },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const texts = { out: "", said: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (texts.out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (texts.said += text));
  await once(child, "close");
  return { code: child.exitCode, ...texts };
}

describe("the file", () => {
  test("is written from the stack, without the secret, and the API starts from it", async () => {
    const target = file("app.json");
    const { code, said } = await appConfig(`--stack local --format json --out ${target}`);
    expect(code).toBe(0);
    expect(said).toContain("pulumi stack output clientSecret --show-secrets --stack local");
    expect(statSync(target).mode & 0o777).toBe(0o600);
    const text = readFileSync(target, "utf8");
    expect(text).toContain("from the outputs of stack local.");
    expect(text + said).not.toContain(outputs.appConfig.okta?.clientSecret);
    api = await startApi(target, twin.tenants.access.caFile);
    const { auth0, okta } = loadAppConfig({ file: target });
    if (okta === undefined) throw new Error("The local stack has a service app.");
    vendors = await vendorVerifiers({
      auth0: { ...auth0, organizationId: auth0.organizationId ?? "" },
      okta,
    });
  });

  test("has the secret of the stack with --show-secrets", async () => {
    const { out } = await appConfig("--stack local --show-secrets");
    expect(out).toContain(`AI_API_OKTA_CLIENT_SECRET=${outputs.appConfig.okta?.clientSecret}\n`);
  });

  test("says the same when the twin is asked", async () => {
    const byTwin = await appConfig("--twin --format env", { AI_API_ACCESS_TWIN: twin.home.folder });
    const byPulumi = await appConfig("--stack local --format env");
    const lines = ({ out }: { out: string }) => out.split("\n").filter((line) => line.startsWith("AI_API_"));
    expect(byTwin.code).toBe(0);
    expect(lines(byTwin)).toEqual(lines(byPulumi));
    expect(lines(byTwin)).toHaveLength(11);
  });
});

describe("the tokens of the tenants", () => {
  const asks = async (operation: Operation, token: string) => (await call(api, operation, token)).status;

  test("open the API for what they allow", async () => {
    expect(await asks("read", ada)).toBe(200);
    expect(await asks("write", ada)).toBe(201);
    expect(await asks("read", grace)).toBe(200);
    expect(await asks("write", grace)).toBe(403);
    expect(await asks("read", machine)).toBe(200);
    expect(await asks("write", machine)).toBe(201);
    expect(await asks("write", reader)).toBe(403);
  });

  test("are good for the vendors' own verifiers too", async () => {
    expect(await Promise.all([ada, grace].map((token) => vendors.auth0(token)))).toEqual([200, 200]);
    expect(await Promise.all([machine, reader].map((token) => vendors.okta(token)))).toEqual([
      undefined,
      undefined,
    ]);
  });

  test("of another organization, for another API or with another payload open nothing, nor with the vendors'", async () => {
    const { apiToken } = twin.tenants.access.auth0;
    for (const token of [elsewhere, apiToken, withMore(grace), machine]) {
      expect(await vendors.auth0(token)).toBe(401);
    }
    for (const token of [elsewhere, apiToken, withMore(grace), withMore(reader)]) {
      expect(await asks("read", token)).toBe(401);
    }
    for (const token of [withMore(reader), ada])
      expect(await vendors.okta(token)).toEqual(expect.any(String));
  });

  /** The same token with a payload that says more. */
  function withMore(token: string): string {
    const [header = "", payload = "", signature = ""] = token.split(".");
    const text = Buffer.from(payload, "base64url").toString();
    const more = text.replace(/"(permissions|scp)":\[/, '$&"ai:write",');
    expect(more).not.toBe(text);
    return [header, Buffer.from(more).toString("base64url"), signature].join(".");
  }
});

test("a mistake is reported in words: a stack that is not there, a CLI that is not there", async () => {
  const noStack = await appConfig("--stack missing");
  expect(noStack).toMatchObject({ code: 2, out: "" });
  expect(noStack.said).toContain("no stack named 'missing' found");
  const noPulumi = await appConfig("--stack local", { PATH: dirname(process.execPath) });
  expect(noPulumi).toMatchObject({ code: 2, out: "" });
  expect(noPulumi.said).toContain("The Pulumi CLI (pulumi) is not on PATH.");
  expect(noStack.said + noPulumi.said).not.toMatch(/^ +at /m);
});

test("another stack reads the outputs by a reference, each with its type and none a secret", async () => {
  const { pulumi: pulumiCommand } = await engine();
  const stack = await LocalWorkspace.createOrSelectStack(
    {
      stackName: "reader",
      projectName: "ai-api-service",
      program: () => import("../../../../examples/stack-reference/index.ts"),
    },
    { pulumiCommand, envVars: env },
  );
  await stack.setConfig("accessStack", { value: "organization/ai-api-access/local" });
  const { outputs: read } = await stack.up();
  expect(read.environment).toEqual({
    secret: false,
    value: expect.objectContaining({
      AI_API_AUTH0_ORGANIZATION_ID: outputs.appConfig.auth0.organizationId,
      AI_API_OKTA_ISSUER: outputs.appConfig.okta?.issuer,
      AI_API_OKTA_SCOPES: "ai:read ai:write",
    }),
  });
});

test("a changed stack makes the file stale, until it is written again", async () => {
  const target = file("app.json");
  const upToDate = await appConfig(`--stack local --format json --check --out ${target}`);
  expect(upToDate).toMatchObject({ code: 0, out: "" });

  await twin.run("up", {
    "ai-api-access:organization.name": "my-renamed-company",
  });

  const stale = await appConfig(`--stack local --format json --check --out ${target}`);
  expect(stale.code).toBe(1);
  expect(stale.said).toContain(`it lacks "organizationName": "my-renamed-company"`);
  const again = await appConfig(`--stack local --format json --out ${target}`);
  expect(again.code).toBe(0);
  expect(loadAppConfig({ file: target }).auth0.organizationName).toBe("my-renamed-company");
});
