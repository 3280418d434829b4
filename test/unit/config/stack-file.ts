import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import type { ConfigSource } from "../../../src/config/index.ts";

const stackFile = z.object({ config: z.record(z.string(), z.unknown()) });

/** The configuration of a stack file of the repository, as values. */
export function configOfStackFile(name: string): Record<string, unknown> {
  return stackFile.parse(parse(readFileSync(new URL(`../../../${name}`, import.meta.url), "utf8"))).config;
}

/** Values as the engine hands them over: objects and lists as JSON text. */
export function sourceOf(
  config: Readonly<Record<string, unknown>>,
  rest: Partial<Omit<ConfigSource, "values">> = {},
): ConfigSource {
  const values = Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
  return { values, secretKeys: [], environment: {}, ...rest };
}

/** The local stack, which has no mistake, pointed at a tenant as the twin points it. */
export function localStack(): Record<string, unknown> {
  return { "auth0:domain": "localhost:4443", ...configOfStackFile("Pulumi.local.yaml") };
}

function steps(path: string): (string | number)[] {
  const [, namespace = "", rest = ""] = /^((?:\w[\w-]*:)\w+)(.*)$/.exec(path) ?? [];
  const inside = [...rest.matchAll(/\.([\w-]+)|\[(\d+)\]/g)].map(([, name, index]) => name ?? Number(index));
  return [namespace, ...inside];
}

/** Sets the value at `ai-api-access:roles[0].name` and the like; undefined removes it. */
function change(config: Record<string, unknown>, path: string, value: unknown): void {
  const all = steps(path);
  const last = all.pop() ?? "";
  let here: object = config;
  for (const step of all) {
    const next: unknown = Reflect.get(here, step);
    if (typeof next !== "object" || next === null) throw new Error(`${path}: there is no ${String(step)}`);
    here = next;
  }
  if (value === undefined) Reflect.deleteProperty(here, last);
  else Reflect.set(here, last, value);
}

/** The local stack with some values changed; a key without a namespace is the program's own. */
export function localStackWith(changes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return withChanges(localStack(), changes);
}

/** A stack's values with some of them changed. */
export function withChanges(
  config: Record<string, unknown>,
  changes: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  for (const [path, value] of Object.entries(changes)) {
    change(config, path.includes(":") ? path : `ai-api-access:${path}`, value);
  }
  return config;
}
