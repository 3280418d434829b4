/** What is written, as its readers read it. */
import { execFileSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { delimiter } from "node:path";
import { parseEnv } from "node:util";
import { afterAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import { loadAppConfig } from "../../../../examples/ai-api/app-config.ts";
import type { AppConfigValues } from "../../src/app-config/contract.ts";
import { CONFIG, MANY, SECRET } from "@ai-api-access/testing/app-config.ts";
import { Folder, MASKED } from "./command.ts";
import { withoutSecret } from "../../src/app-config/content.ts";

const folder = new Folder();
afterAll(() => {
  folder.remove();
});

/** Docker docs, "docker container run", `--env-file`: NAME=value with the value as it stands; # begins a comment line. */
function asDockerReads(file: string): Record<string, string> {
  const lines = file.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
  return Object.fromEntries(
    lines.map((line): [string, string] => {
      const [name = "", ...value] = line.split("=");
      return [name, value.join("=")];
    }),
  );
}

const wordOf = (letters: string) =>
  fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...Array.from(letters)) });
/** A value is mostly harmless, and may have anything in it but blanks. */
const word = fc.oneof(
  { weight: 4, arbitrary: wordOf("abzAZ019-_.:/@%+=,~") },
  { weight: 1, arbitrary: wordOf("abzAZ019-_.:/@%+=,~*?&|;<>()[]{}!^#'\"`$\\é") },
);
const anyConfig: fc.Arbitrary<AppConfigValues> = fc
  .record({
    audience: word,
    name: word,
    secret: word,
    scopes: fc.array(word, { minLength: 1, maxLength: 3 }),
  })
  .map(({ audience, name, secret, scopes }) => ({
    auth0: { ...CONFIG.auth0, audience, organizationName: name },
    okta: { ...CONFIG.okta, audience, clientSecret: SECRET + secret, scopes },
  }));

describe("env", () => {
  test("is read by the application, from dotenv and from Docker alike", async () => {
    const { out } = await folder.run(CONFIG, "--format env --show-secrets");
    expect(loadAppConfig({ environment: parseEnv(out) })).toEqual(CONFIG);
    expect(loadAppConfig({ environment: asDockerReads(out) })).toEqual(CONFIG);
  });

  test("has the organizations of a stack with many, and nothing of Okta without a service app", async () => {
    const { out } = await folder.run(MANY, "--format env");
    expect(out).toContain(
      "\nAI_API_AUTH0_ORGANIZATIONS=acme:org_6WDCFcNyprPeMcHi globex-2:org_0aBcDeFgHiJkLmNo\n",
    );
    expect(out).not.toContain("OKTA");
    expect(loadAppConfig({ environment: parseEnv(out) })).toEqual(MANY);
    expect(loadAppConfig({ environment: asDockerReads(out) })).toEqual(MANY);
  });

  test("says the same to dotenv and to Docker, or is refused, whatever the values are", async () => {
    const counts = { written: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(anyConfig, async (config) => {
        const { code, out, said } = await folder.run(config, "--format env --show-secrets");
        if (code === 0) {
          counts.written += 1;
          expect(loadAppConfig({ environment: parseEnv(out) })).toEqual(config);
          expect(loadAppConfig({ environment: asDockerReads(out) })).toEqual(config);
        } else {
          counts.refused += 1;
          expect(said).toContain("cannot be written as env");
          expect(said).not.toContain(SECRET);
        }
      }),
      { numRuns: 200, seed: 1 },
    );
    expect(Math.min(counts.written, counts.refused)).toBeGreaterThan(5);
  });
});

describe("json", () => {
  test("is read by the application, whatever the values are", async () => {
    const file = folder.file("app.json");
    await fc.assert(
      fc.asyncProperty(anyConfig, async (config) => {
        await folder.run(config, "--format json --show-secrets --out app.json");
        expect(loadAppConfig({ file })).toEqual(config);
        expect(loadAppConfig({ environment: { AI_API_CONFIG_FILE: file } })).toEqual(config);
      }),
      { numRuns: 100, seed: 1 },
    );
  });
});

describe("k8s", () => {
  const manifest = z.object({
    apiVersion: z.literal("v1"),
    kind: z.string(),
    metadata: z.object({ name: z.literal("ai-api") }),
    data: z.record(z.string(), z.string()).optional(),
    stringData: z.record(z.string(), z.string()).optional(),
  });
  // Kubernetes reads YAML 1.1.
  const manifests = (text: string) =>
    parseAllDocuments(text, { version: "1.1" }).map((document) => manifest.parse(document.toJS()));

  test("is a ConfigMap and a Secret whose variables the application reads, whatever the values are", async () => {
    await fc.assert(
      fc.asyncProperty(anyConfig, async (config) => {
        const { out } = await folder.run(config, "--format k8s --show-secrets");
        const [map, secret, ...more] = manifests(out);
        expect([map?.kind, secret?.kind, more]).toEqual(["ConfigMap", "Secret", []]);
        expect(Object.keys(secret?.stringData ?? {})).toEqual(["AI_API_OKTA_CLIENT_SECRET"]);
        expect(loadAppConfig({ environment: { ...map?.data, ...secret?.stringData } })).toEqual(config);
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  test("is a ConfigMap alone without --show-secrets", async () => {
    const { out } = await folder.run(MASKED, "--format k8s");
    expect(manifests(out).map(({ kind }) => kind)).toEqual(["ConfigMap"]);
  });
});

describe("github", () => {
  /** Runs the script with stand-ins for gh and pulumi, and says what gh was given. */
  function runScript(script: string, pulumi = "echo from-pulumi"): Record<string, string> {
    const put = (name: string, text: string) => {
      writeFileSync(folder.file(name), `#!/bin/sh\n${text}\n`);
      chmodSync(folder.file(name), 0o700);
    };
    // gh takes the value from --body, else from standard input without line breaks at its end.
    put(
      "gh",
      'case $1 in variable) printf "%s=%s\\n" "$3" "$5" ;; secret) printf "secret %s=%s\\n" "$3" "$(cat)" ;; esac',
    );
    put("pulumi", pulumi);
    const env = { PATH: `${folder.path}${delimiter}${process.env.PATH ?? ""}` };
    const said = execFileSync("sh", {
      input: script,
      env,
      encoding: "utf8",
      stdio: ["pipe", "pipe", "ignore"],
    });
    return asDockerReads(said);
  }

  test("sets variables and secrets that the application reads, whatever the values are", async () => {
    await fc.assert(
      fc.asyncProperty(anyConfig, async (config) => {
        const { out } = await folder.run(config, "--format github --show-secrets");
        const { "secret AI_API_OKTA_CLIENT_SECRET": secret, ...variables } = runScript(out);
        expect(secret).toBe(config.okta?.clientSecret);
        expect(loadAppConfig({ environment: variables })).toEqual(withoutSecret(config));
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  test("has the secret on no command line", async () => {
    const { out } = await folder.run(CONFIG, "--format github --show-secrets");
    const lines = out.split("\n").filter((line) => line.includes(SECRET));
    expect(lines).toEqual([`printf %s '${SECRET}' | gh secret set AI_API_OKTA_CLIENT_SECRET`]);
  });
});
