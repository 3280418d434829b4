import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Document, LineCounter, isNode, parseDocument } from "yaml";
import type { Finding } from "../components/checks/field.ts";

/** The files of `organizationsFolder`. */
export interface OrganizationFiles {
  /** As the configuration names it. */
  readonly folder: string;
  /** What each file says, by its name. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly findings: readonly Finding[];
  /** The line of a value, or of what it is missing from; 1 is the first. */
  lineOf(file: string, path: readonly PropertyKey[]): number;
}

const KEY = "organizationsFolder";

/** Reads every YAML file of the folder. What cannot be read is a finding. */
export function readOrganizationFiles(folder: string, project: string): OrganizationFiles {
  const names = yamlFiles(resolve(project, folder));
  const documents = new Map<string, { document: Document; lines: LineCounter }>();
  const findings: Finding[] = [];
  for (const name of names ?? []) {
    const counter = new LineCounter();
    const document = parseDocument(readFileSync(join(resolve(project, folder), name), "utf8"), {
      lineCounter: counter,
    });
    documents.set(name, { document, lines: counter });
    const [error] = document.errors;
    if (error === undefined) continue;
    findings.push({
      path: [KEY, name],
      got: `no YAML, in line ${String(counter.linePos(error.pos[0]).line)}: ${error.message.split("\n")[0] ?? ""}`,
      wants: "a YAML file",
      example: "displayName: My Awesome Company",
    });
  }
  if (names === undefined || names.length === 0) {
    findings.push({
      path: [KEY],
      got: `${JSON.stringify(folder)}, ${names === undefined ? "which is no folder" : "a folder without a YAML file"}`,
      wants: "a folder with a YAML file for each organization, from the folder of Pulumi.yaml",
      example: "organizations",
    });
  }
  const readable = [...documents].filter(([, { document }]) => document.errors.length === 0);
  return {
    folder,
    values: Object.fromEntries(readable.map(([name, { document }]) => [name, document.toJS()])),
    findings,
    lineOf: (file, path) => lineOf(documents.get(file), path) ?? 1,
  };
}

function yamlFiles(folder: string): string[] | undefined {
  try {
    return readdirSync(folder)
      .filter((name) => /\.ya?ml$/i.test(name))
      .sort((a, b) => a.localeCompare(b, "en"));
  } catch {
    return undefined;
  }
}

function lineOf(
  file: { document: Document; lines: LineCounter } | undefined,
  path: readonly PropertyKey[],
): number | undefined {
  if (file === undefined) return undefined;
  const node = path.length === 0 ? file.document.contents : file.document.getIn(path, true);
  const start = isNode(node) ? node.range?.[0] : undefined;
  if (start !== undefined) return file.lines.linePos(start).line;
  return path.length === 0 ? 1 : lineOf(file, path.slice(0, -1));
}
