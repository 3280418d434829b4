/** Writes the members file of an organization that exists: everybody in it, with their roles. */
import { UserError } from "@ai-api-access/user-error";
import { connect } from "./auth0.ts";
import { csvOf, FileExistsError, writeFile } from "./file/write.ts";
import type { Entry } from "./file/write.ts";
import { Halted, NoOrganization, Refused } from "./tenant.ts";
import type { Member, Tenant } from "./tenant.ts";

export interface ExportOptions {
  /** Settings of the auth0 provider by its own names; the environment stands in for what is missing. */
  readonly settings: Readonly<Record<string, string>>;
  /** `org_…`, or the organization's name. */
  readonly organization: string;
  /** The CSV file to write. */
  readonly out: string;
  /** Replace the file if it is there. */
  readonly force: boolean;
  /** Called when everything waits for the rate limit, with the seconds. */
  readonly onWait: (seconds: number) => void;
}

/** @throws UserError */
export async function exportMembers(
  options: ExportOptions,
): Promise<{ organization: string; people: number }> {
  const { settings, out, force, onWait } = options;
  const tenant = explained(() => connect(settings, { onWait }));
  try {
    const organization = await organizationId(tenant, options.organization);
    const members = await tenant.members(organization);
    writeFile(out, csvOf(entriesOf(members)), { force });
    return { organization, people: members.length };
  } catch (error) {
    if (error instanceof FileExistsError) {
      throw new UserError(`${out} is there already.\nnext: --force replaces it, --out writes another`);
    }
    if (error instanceof Halted || error instanceof Refused || error instanceof NoOrganization) {
      throw new UserError(error.message, { cause: error });
    }
    throw error;
  }
}

/** What is wrong with the settings is for the person who made them. */
function explained<T>(connecting: () => T): T {
  try {
    return connecting();
  } catch (error) {
    throw new UserError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

async function organizationId(tenant: Tenant, named: string): Promise<string> {
  if (/^org_[A-Za-z0-9]+$/.test(named)) return named;
  const found = await tenant.findOrganization(named);
  if (found !== undefined) return found;
  throw new UserError(
    `${tenant.domain} has no organization ${JSON.stringify(named)}.\nnext: look under Organizations in the dashboard`,
  );
}

/** In the order of their user ids, so that two exports can be compared. */
function entriesOf(members: readonly Member[]): Entry[] {
  return members
    .map(({ user, name = "", roles }) => ({ user, roles: roles.map(roleInFile).sort(), note: name }))
    .sort((a, b) => (a.user < b.user ? -1 : 1));
}

/** The name, or the id where the file could not tell the name from something else. */
function roleInFile({ id, name }: Member["roles"][number]): string {
  return name === name.trim() && !/^'|;|^rol_|^$/.test(name) ? name : id;
}
