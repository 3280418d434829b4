/** What the demo reads and makes in the Auth0 tenant by hand, as somebody at the dashboard would. */
import { request } from "undici";
import { z } from "zod";
import type { TenantAccess } from "../tenants/access.ts";
import type { DemoOutputs } from "./outputs.ts";

type Method = "GET" | "POST" | "PATCH";

/** Calls the Management API. */
export async function callTenant(
  { auth0 }: TenantAccess,
  method: Method,
  path: string,
  body?: object,
): Promise<unknown> {
  const answer = await request(`${auth0.origin}/api/v2${path}`, {
    method,
    headers: { authorization: `Bearer ${auth0.apiToken}`, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.body.text();
  if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}

const made = z.object({ id: z.string() });

/**
 * Makes a second organization, with this person in it and every role of the stack: who is somebody there is nobody
 * here.
 *
 * @returns its id
 */
export async function anotherOrganization(
  access: TenantAccess,
  { connectionId, roleIds }: DemoOutputs,
  userId: string,
): Promise<string> {
  const organization = { name: "another-company", display_name: "Another Company" };
  const { id } = made.parse(await callTenant(access, "POST", "/organizations", organization));
  const below = `/organizations/${id}`;
  await callTenant(access, "POST", `${below}/connections`, { connection_id: connectionId, is_enabled: true });
  await callTenant(access, "POST", `${below}/members`, { members: [userId] });
  const roles = Object.values(roleIds);
  if (roles.length > 0)
    await callTenant(access, "POST", `${below}/members/${encodeURIComponent(userId)}/roles`, { roles });
  return id;
}

/** An application of the tenant as its tenant knows it. */
export interface Application {
  readonly clientId: string;
  /** Its backend keeps it; the stack does not export it. */
  readonly clientSecret: string;
  readonly callbacks: readonly string[];
  /** It begins logins with a pushed authorization request. */
  readonly pushes?: boolean;
}

const applicationSchema = z
  .object({
    client_id: z.string(),
    client_secret: z.string(),
    callbacks: z.array(z.string()).default([]),
    require_pushed_authorization_requests: z.boolean().default(false),
  })
  .transform((shown) => ({
    clientId: shown.client_id,
    clientSecret: shown.client_secret,
    callbacks: shown.callbacks,
    pushes: shown.require_pushed_authorization_requests,
  }));

export async function readApplication(access: TenantAccess, clientId: string): Promise<Application> {
  return applicationSchema.parse(await callTenant(access, "GET", `/clients/${clientId}`));
}

/** Makes an application beside the stack's, with the same connection and no grant for the API: anybody may sign up through it. */
export async function anotherApplication(access: TenantAccess, connectionId: string): Promise<Application> {
  const application = applicationSchema.parse(
    await callTenant(access, "POST", "/clients", {
      name: "Another application",
      app_type: "regular_web",
      callbacks: ["http://localhost:3999/callback"],
      grant_types: ["authorization_code"],
      oidc_conformant: true,
      jwt_configuration: { alg: "RS256" },
      organization_usage: "allow",
    }),
  );
  await callTenant(access, "PATCH", `/connections/${connectionId}/clients`, [
    { client_id: application.clientId, status: true },
  ]);
  return application;
}
