/** The packages that Pulumi generates from the components' schema are valid in their languages. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { engine } from "@ai-api-access/testing/engine.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "component-sdks-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A test where the command is on PATH, else one that is skipped and says so. */
function testWith(...commands: string[]): typeof test | typeof test.skip {
  const missing = commands.find((name) => spawnSync(name, ["--help"]).error !== undefined);
  if (missing === undefined) return test;
  console.log(`${missing} is not on PATH: the package for its language is not generated.`);
  return test.skip;
}

/** Generates the package for a language, as `pulumi package add` does. */
async function generate(language: string): Promise<string> {
  const { command } = await engine();
  const schema = join(repositoryRoot, "src/components/schema.json");
  const env = { ...process.env, PULUMI_HOME: join(folder, "home"), PULUMI_SKIP_UPDATE_CHECK: "true" };
  const args = ["package", "gen-sdk", schema, "--language", language, "--local", "--out", folder];
  execFileSync(command, args, { env, stdio: "pipe" });
  return join(folder, language);
}

testWith("pulumi-language-python", "python3")(
  "the Python package compiles, and names the secret",
  async () => {
    const sdk = await generate("python");
    execFileSync("python3", ["-m", "compileall", "-q", sdk]);
    const app = readFileSync(join(sdk, "pulumi_ai_api_access/okta/service_app.py"), "utf8");
    expect(app).toMatch(/secret_opts = .*"clientSecret"/);
  },
);

testWith("pulumi-language-go", "gofmt")("the Go package finds its own parts", async () => {
  const sdk = await generate("go");
  execFileSync("gofmt", ["-e", "-l", sdk]);
  const app = readFileSync(join(sdk, "aiapiaccess/okta/serviceApp.go"), "utf8");
  expect(app).toContain('"example.com/pulumi-ai-api-access/sdk/go/aiapiaccess/internal"');
  const types = readFileSync(join(sdk, "aiapiaccess/okta/pulumiTypes.go"), "utf8");
  expect(types).toContain("type ServiceAppScopeArgs struct");
});
