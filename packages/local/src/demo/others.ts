import { request } from "undici";
import { z } from "zod";
import type { TenantAccess } from "../tenants/access.ts";
import type { DemoOutputs } from "./outputs.ts";

const made = z.object({ id: z.string() });
const application = z.object({ client_id: z.string(), client_secret: z.string() });

/** Calls the Management API as somebody with its token does. */
async function send({ auth0 }: TenantAccess, method: "POST" | "PATCH", path: string, body: object) {
  const answer = await request(`${auth0.origin}/api/v2${path}`, {
    method,
    headers: { authorization: `Bearer ${auth0.apiToken}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await answer.body.text();
  if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${text}`);
  const parsed: unknown = text === "" ? undefined : JSON.parse(text);
  return parsed;
}

/**
 * Makes a second organization by hand, with this person as an editor: who is somebody there is nobody here.
 *
 * @returns its id
 */
export async function anotherOrganization(
  access: TenantAccess,
  { connectionId, roleIds }: DemoOutputs,
  userId: string,
): Promise<string> {
  const post = (path: string, body: object) => send(access, "POST", `/organizations${path}`, body);
  const { id } = made.parse(await post("", { name: "another-company", display_name: "Another Company" }));
  await post(`/${id}/connections`, { connection_id: connectionId, is_enabled: true });
  await post(`/${id}/members`, { members: [userId] });
  await post(`/${id}/members/${encodeURIComponent(userId)}/roles`, { roles: [roleIds["ai-editor"]] });
  return id;
}

/**
 * Makes an application by hand that is let into the connection as the stack's own is, and has no grant for the API.
 *
 * @returns its client id and secret
 */
export async function anotherApplication(
  access: TenantAccess,
  { connectionId }: DemoOutputs,
  callback: string,
) {
  const settings = { app_type: "regular_web", oidc_conformant: true, jwt_configuration: { alg: "RS256" } };
  const made = application.parse(
    await send(access, "POST", "/clients", {
      name: "Another Application",
      ...settings,
      callbacks: [callback],
      grant_types: ["authorization_code"],
      organization_usage: "allow",
    }),
  );
  await send(access, "PATCH", `/connections/${connectionId}/clients`, [
    { client_id: made.client_id, status: true },
  ]);
  return { clientId: made.client_id, clientSecret: made.client_secret };
}

/** The secret of the login application, which its backend keeps; the stack does not export it. */
export async function secretOf({ auth0 }: TenantAccess, clientId: string): Promise<string> {
  const { body } = await request(`${auth0.origin}/api/v2/clients/${clientId}`, {
    headers: { authorization: `Bearer ${auth0.apiToken}` },
  });
  return z.object({ client_secret: z.string() }).parse(await body.json()).client_secret;
}
