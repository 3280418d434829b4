/** The environment of the tenants as a file, so that it need not stay in anybody's shell. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { AUTH0_VARIABLES, OKTA_VARIABLES } from "@ai-api-access/tenant-clients";
import { writeWhole } from "@ai-api-access/emulator-core/machine/files.ts";
import { tenantEnvironment, type TenantAccess } from "./access.ts";

function fileIn(folder: string): string {
  return join(folder, "environment.sh");
}

/**
 * Writes what a shell has to source to point any client at the tenants; for its user alone, since it holds credentials.
 *
 * @returns its path
 */
export function writeEnvironmentFile(folder: string, access: TenantAccess): string {
  const variables = { ...tenantEnvironment(access), AI_API_ACCESS_ADMIN_TOKEN: access.adminToken };
  // Another way to log in, which the providers may prefer, would send real credentials here.
  const others = [...AUTH0_VARIABLES, ...OKTA_VARIABLES].filter((name) => !(name in variables));
  const exports = Object.entries(variables).map(
    ([name, value]) => `export ${name}='${value.replaceAll("'", String.raw`'\''`)}'`,
  );
  const file = fileIn(folder);
  writeWhole(file, [`unset ${others.join(" ")}`, ...exports, ""].join("\n"));
  return file;
}

export function removeEnvironmentFile(folder: string): void {
  rmSync(fileIn(folder), { force: true });
}
