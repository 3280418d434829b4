/**
 * `npm run pack-emulators -- FOLDER [--no-types]`: the emulators as tarballs that an empty project can install.
 *
 * Node does not strip types below `node_modules`, so what is packed is compiled; within the repository everything runs
 * on its sources. That is why a package is packed from a folder of its own, with a manifest for what lies there.
 */
import { execFileSync } from "node:child_process";
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import ts from "typescript";
import { z } from "zod";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";

/** In the order of their dependencies. */
const PACKAGES = ["user-error", "emulator-core", "emulator-auth0", "emulator-okta"];

const manifestSchema = z.looseObject({ name: z.string() });
const enginesSchema = z.object({ engines: z.record(z.string(), z.string()) });

/**
 * Packs the emulators, and the packages that they need, into a folder.
 *
 * @param options `types`: also declarations, for clients in TypeScript; they are what takes time
 * @returns paths of the tarballs
 */
function packEmulators(folder: string, { types }: { readonly types: boolean }): string[] {
  mkdirSync(folder, { recursive: true });
  const staging = mkdtempSync(join(tmpdir(), "pack-"));
  try {
    for (const name of PACKAGES) {
      const [from, packed] = [join(repositoryRoot, "packages", name), join(staging, name)];
      const sources = join(from, name === "user-error" ? "" : "src");
      compile(sources, join(packed, "dist"), types);
      writeManifest(name, packed);
      cpSync(join(from, "README.md"), join(packed, "README.md"));
      cpSync(join(repositoryRoot, "LICENSE"), join(packed, "LICENSE"));
    }
    const folders = PACKAGES.map((name) => join(staging, name));
    const arguments_ = ["pack", "--silent", "--pack-destination", resolve(folder), ...folders];
    const said = execFileSync("npm", arguments_, { encoding: "utf8", cwd: staging });
    return said
      .trim()
      .split("\n")
      .map((file) => join(folder, file));
  } finally {
    rmSync(staging, { recursive: true });
  }
}

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  rewriteRelativeImportExtensions: true,
  verbatimModuleSyntax: true,
};

/** JavaScript for what is below `sources`, and what else lies there. Types were checked by `npm run typecheck`. */
function compile(sources: string, out: string, types: boolean): void {
  const files = globSync("**/*.ts", { cwd: sources, exclude: ["node_modules"] });
  for (const file of files) {
    const text = readFileSync(join(sources, file), "utf8");
    const { outputText } = ts.transpileModule(text, {
      compilerOptions: OPTIONS,
      fileName: join(sources, file),
    });
    write(join(out, file.replace(/\.ts$/, ".js")), outputText);
  }
  for (const file of globSync("**/*.eta", { cwd: sources })) {
    write(join(out, file), readFileSync(join(sources, file), "utf8"));
  }
  if (!types) return;
  const roots = files.map((file) => join(sources, file));
  const declarations = { declaration: true, emitDeclarationOnly: true, noCheck: true, skipLibCheck: true };
  const program = ts.createProgram(roots, { ...OPTIONS, ...declarations, types: ["node"] });
  program.emit(undefined, (file, text) => {
    const inside = relative(sources, file);
    if (!inside.startsWith("..")) write(join(out, inside), text);
  });
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** The package's own manifest, for what was compiled. */
function writeManifest(name: string, packed: string): void {
  const read = (path: string): unknown => JSON.parse(readFileSync(join(repositoryRoot, path), "utf8"));
  const { engines } = enginesSchema.parse(read("package.json"));
  const manifest = manifestSchema.parse(read(`packages/${name}/package.json`));
  Reflect.deleteProperty(manifest, "devDependencies");
  const bins = globSync("dist/bin.js", { cwd: packed });
  writeFileSync(
    join(packed, "package.json"),
    JSON.stringify(
      {
        ...manifest,
        engines,
        files: ["dist"],
        exports: {
          ".": { types: "./dist/index.d.ts", default: "./dist/index.js" },
          // The packages name one another's files as they are called in the repository.
          "./*.ts": { types: "./dist/*.d.ts", default: "./dist/*.js" },
        },
        ...(bins.length > 0 && name !== "emulator-core" ? { bin: { [name]: "./dist/bin.js" } } : {}),
      },
      null,
      2,
    ),
  );
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { "no-types": { type: "boolean", default: false } },
});
const [folder] = positionals;
if (folder === undefined) {
  console.error("Name the folder that gets the tarballs: npm run pack-emulators -- FOLDER");
  process.exitCode = 1;
} else {
  for (const file of packEmulators(folder, { types: !values["no-types"] })) console.log(file);
}
