/** Whether people who are invited are led to a login: Auth0 refuses an invitation that leads nowhere. */
import { resolve } from "node:path";
import { auth0Types } from "@ai-api-access/resource-catalog";
import { readMembersFile } from "@ai-api-access/roster/file/read.ts";
import type { TenantClient } from "@ai-api-access/tenant-clients";
import { z } from "zod";
import type { StackConfig } from "@ai-api-access/local/program.ts";
import type { Registration } from "../../shared/program/monitor.ts";
import { isKnown } from "../../shared/program/walk.ts";
import { ok, unchecked, wrong, type Check } from "../check.ts";
import type { Inspection } from "../inspect.ts";

const SUBJECT = "sign-in";

/** Of an application that exists; of the stack's own the configuration says it. */
export async function checkInvitations(
  { loginApp }: StackConfig,
  { registrations }: Inspection,
  auth0: TenantClient,
): Promise<Check[]> {
  if (loginApp !== undefined) return [];
  const clients = await Promise.all(registrations.map(invitesTo));
  const known = clients.flat().filter((id) => typeof id === "string" && isKnown(id));
  return Promise.all([...new Set(known)].map((id) => checkLogin(String(id), auth0)));
}

const rosterSchema = z.looseObject({ membersFolder: z.string(), membersFile: z.string() });

/** The application that a resource invites people to. */
async function invitesTo({ type, inputs }: Registration): Promise<unknown[]> {
  if (type === auth0Types.invitation.token) return [inputs.clientId];
  if (type !== auth0Types.organizationRoster.token) return [];
  const { membersFolder, membersFile } = rosterSchema.parse(inputs);
  const { rows } = await readMembersFile(resolve(membersFolder, membersFile));
  return rows.some(({ invite }) => invite) ? [inputs.clientId] : [];
}

const clientSchema = z.object({ initiate_login_uri: z.string().nullish() });
const settingsSchema = z.object({ default_redirection_uri: z.string().nullish() });

async function checkLogin(id: string, auth0: TenantClient): Promise<Check> {
  const client = await auth0.get(`/clients/${encodeURIComponent(id)}?fields=initiate_login_uri`);
  if (client.status === 200 && clientSchema.parse(client.body).initiate_login_uri) {
    return ok(SUBJECT, "invitations lead to the application's login");
  }
  const settings = await auth0.get("/tenants/settings?fields=default_redirection_uri");
  if (settings.status === 200 && settingsSchema.parse(settings.body).default_redirection_uri) {
    return ok(SUBJECT, "invitations lead to the tenant's default login route");
  }
  const isRead = [client, settings].every(({ status }) => status === 200);
  if (!isRead) return unchecked(SUBJECT, `where invitations to application ${id} lead: it may not be read`);
  return wrong(
    SUBJECT,
    `nobody can be invited to application ${id}: neither it nor the tenant says where a login begins`,
    "in Auth0: Applications > the application > Settings > Application Login URI; for all applications: Settings > " +
      "Advanced > Tenant Login URI",
  );
}
