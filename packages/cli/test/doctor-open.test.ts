/** What the doctor reads of a stack of real tenants on a machine that lacks the Pulumi CLI. */
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { stringify } from "yaml";
import { diagnose } from "../src/doctor/doctor.ts";
import type { DoctorInput } from "../src/doctor/input.ts";
import { withRealStack } from "../src/doctor/open.ts";

const folder = mkdtempSync(join(tmpdir(), "doctor-open-"));
const before = process.env.PATH;

/** A Node that only says its version. */
function nodeIn(path: string, version: string): string {
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, "node"), `#!/bin/sh\necho ${version}\n`);
  chmodSync(join(path, "node"), 0o755);
  return path;
}

beforeAll(() => {
  const [npms, users] = [join(folder, "node_modules", ".bin"), join(folder, "bin")];
  process.env.PATH = [nodeIn(npms, "v24.21.0"), nodeIn(users, "v20.20.2")].join(delimiter);
  copyFileSync(join(repositoryRoot, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
  const config = {
    "auth0:domain": "acme.us.auth0.com",
    "auth0:clientSecret": { secure: "v1:abc" },
    "ai-api-access:organization": { name: "Acme" },
  };
  writeFileSync(join(folder, "Pulumi.dev.yaml"), stringify({ config }));
});
afterAll(() => {
  process.env.PATH = before;
  rmSync(folder, { recursive: true });
});

async function read(): Promise<DoctorInput> {
  const read: DoctorInput[] = [];
  await withRealStack({ name: "dev", folder }, (input) => Promise.resolve(read.push(input)));
  const [input] = read;
  if (input === undefined) throw new Error("Nothing was read.");
  return input;
}

test("the Node that counts is the one that the CLI will find, not the one that npm brings", async () => {
  expect((await read()).tools).toEqual({ node: "20.20.2", pulumi: undefined, needsLanguageHost: true });
});

test("the missing CLI hides nothing that can be seen without it", async () => {
  const input = await read();
  expect(input.encrypted).toEqual(["auth0:clientSecret"]);
  const wrong = (await diagnose(input)).filter(({ status }) => status === "wrong");
  const found = wrong.map((check) => `${check.subject}: ${check.found}`);
  expect(found).toEqual(
    expect.arrayContaining([
      "tools: Node 20.20.2, which runs the program, is too old",
      "tools: there is no Pulumi CLI on PATH",
      'configuration: ai-api-access:organization.name: got "Acme"',
      "credentials: the org is not named",
    ]),
  );
});
