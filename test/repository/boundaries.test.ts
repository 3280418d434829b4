/** Which package may import which, and the pages that say so. */
import { expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";

const root = resolve(import.meta.dirname, "../..");
const SCOPE = "@ai-api-access/";
/** The one place where packages meet the program: it is loaded there, and its types are passed on. */
const PROGRAM_LOADER = "packages/local/src/program.ts";

interface Import {
  readonly file: string;
  readonly specifier: string;
}

const files = execFileSync("git", ["ls-files", "-z", "-co", "--exclude-standard", "--", "*.ts"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\0")
  .filter((file) => file !== "" && existsSync(join(root, file)));

const IMPORT = /^(?:import|export)\b[^"'`;]*?\bfrom "([^"]+)"|^import "([^"]+)"|\bimport\("([^"]+)"\)/gm;
const imports: readonly Import[] = files.flatMap((file) =>
  [...readFileSync(join(root, file), "utf8").matchAll(IMPORT)].map((match) => ({
    file,
    specifier: match[1] ?? match[2] ?? match[3] ?? "",
  })),
);

/** The package that a file lies in. */
const packageOf = (file: string) => /^(?:packages|examples)\/([^/]+)\//.exec(file)?.[1];
/** From the root of the repository; undefined for what is imported by name. */
const targetOf = ({ file, specifier }: Import) =>
  specifier.startsWith(".") ? join(dirname(file), specifier) : undefined;
const isTest = (file: string) => /(?:^|\/)test\//.test(file) || file.startsWith("packages/testing/");
/** `zod` of `zod/v4`, `@pulumi/auth0` of `@pulumi/auth0/organization.js`. */
const nameOf = (specifier: string) => specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
const shown = (found: readonly Import[]) => found.map(({ file, specifier }) => `${file}: ${specifier}`);

test("a package is imported by its name, never by a path", () => {
  const across = imports.filter((one) => {
    const target = targetOf(one);
    return (
      target?.startsWith("packages/") === true &&
      packageOf(target) !== packageOf(one.file) &&
      !isTest(one.file)
    );
  });
  expect(shown(across)).toEqual([]);
});

test("packages meet the program in one place", () => {
  const meeting = imports.filter(
    (one) =>
      packageOf(one.file) !== undefined &&
      !isTest(one.file) &&
      /^(?:src\/|index\.ts)/.test(targetOf(one) ?? ""),
  );
  expect([...new Set(meeting.map(({ file }) => file))]).toEqual([PROGRAM_LOADER]);
});

test("the program imports no package but the resource catalog", () => {
  const names = imports
    .filter(({ file, specifier }) => file.startsWith("src/") && specifier.startsWith(SCOPE))
    .map(({ specifier }) => nameOf(specifier));
  expect([...new Set(names)]).toEqual([`${SCOPE}resource-catalog`]);
});

test("the component package imports nothing out of its folder, which is installed alone", () => {
  const out = imports.filter(
    (one) => one.file.startsWith("src/components/") && targetOf(one)?.startsWith("src/components/") === false,
  );
  expect(shown(out)).toEqual([]);
});

test("nothing that runs imports tests or benches", () => {
  const wrong = imports.filter((one) => {
    const target = targetOf(one) ?? one.specifier;
    const running = !isTest(one.file) && !one.file.endsWith(".test.ts") && !one.file.startsWith("bench/");
    return running && (/^(?:test|bench)\//.test(target) || target.startsWith(`${SCOPE}testing`));
  });
  expect(shown(wrong)).toEqual([]);
});

test("the emulators are free of Pulumi", () => {
  const wrong = imports.filter(
    ({ file, specifier }) =>
      /^packages\/emulator-(?:core|auth0|okta)\//.test(file) &&
      !isTest(file) &&
      specifier.startsWith("@pulumi/"),
  );
  expect(shown(wrong)).toEqual([]);
});

const manifestSchema = z.object({
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
});

test("a package declares what it imports", () => {
  const undeclared = imports.flatMap(({ file, specifier }) => {
    const folder = /^(?:(?:packages|examples)\/[^/]+|src\/components)(?=\/)/.exec(file)?.[0];
    const manifest = folder === undefined ? undefined : join(root, folder, "package.json");
    if (manifest === undefined || !existsSync(manifest)) return [];
    if (specifier.startsWith(".") || specifier.startsWith("node:")) return [];
    const { dependencies, devDependencies } = manifestSchema.parse(
      JSON.parse(readFileSync(manifest, "utf8")),
    );
    const declared = isTest(file) ? { ...dependencies, ...devDependencies } : dependencies;
    const helpsTests = folder === "packages/verifier" && file.includes("/testing/");
    const name = nameOf(specifier);
    const itself = name === `${SCOPE}${packageOf(file) ?? ""}`;
    return itself || name in declared || (helpsTests && name in devDependencies) ? [] : [`${file}: ${name}`];
  });
  expect(undeclared).toEqual([]);
});

test("the picture in CONTRIBUTING.md is the imports", () => {
  const real = imports
    .filter(
      ({ file, specifier }) => packageOf(file) !== undefined && !isTest(file) && specifier.startsWith(SCOPE),
    )
    .filter(({ file }) => file.startsWith("packages/"))
    .map(({ file, specifier }) => `${packageOf(file) ?? ""} --> ${nameOf(specifier).slice(SCOPE.length)}`);
  const page = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
  const drawn = [...page.matchAll(/^ {2}([\w-]+ --> [\w-]+)$/gm)].map((match) => match[1] ?? "");
  expect(drawn.sort()).toEqual([...new Set(real)].sort());
});

test("README is short: at most 220 lines and 15 KB", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  expect(readme.split("\n").length - 1).toBeLessThanOrEqual(220);
  expect(Buffer.byteLength(readme)).toBeLessThanOrEqual(15 * 1024);
});
