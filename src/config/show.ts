import { withSteps } from "../components/checks/show.ts";
import type { OrganizationFiles } from "./files.ts";

export type Path = readonly PropertyKey[];

/**
 * `["roles", 1, "permissions", 0]` as `ai-api-access:roles[1].permissions[0]`. A provider's key is a whole one. What
 * stands in a file is `organizations/acme.yaml:12 members[0].email`.
 */
export function keyOf(path: Path, project: string, files: OrganizationFiles | undefined): string {
  const [first = "", file, ...rest] = path.map((step) => (typeof step === "symbol" ? String(step) : step));
  if (first === "organizationsFolder" && typeof file === "string" && files !== undefined) {
    const place = `${files.folder}/${file}:${String(files.lineOf(file, rest))}`;
    const [key, ...fields] = rest;
    return key === undefined ? place : `${place} ${withSteps(String(key), fields)}`;
  }
  const start = isProviderKey(path) ? String(first) : `${project}:${String(first)}`;
  return withSteps(start, file === undefined ? rest : [file, ...rest]);
}

export function isProviderKey([first]: Path): boolean {
  return /^(?:auth0|okta):/.test(String(first));
}
