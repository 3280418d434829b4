import { request } from "undici";
import { z } from "zod";
import type { TenantAccess } from "../tenants/access.ts";
import type { DemoOutputs } from "./outputs.ts";

const made = z.object({ id: z.string() });

/**
 * Makes a second organization by hand, with this person as an editor: who is somebody there is nobody here.
 *
 * @returns its id
 */
export async function anotherOrganization(
  { auth0 }: TenantAccess,
  { connectionId, roleIds }: DemoOutputs,
  userId: string,
): Promise<string> {
  const send = async (path: string, body: object): Promise<unknown> => {
    const answer = await request(`${auth0.origin}/api/v2/organizations${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${auth0.apiToken}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 300) throw new Error(`POST /organizations${path}: ${answer.statusCode} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  };
  const { id } = made.parse(await send("", { name: "another-company", display_name: "Another Company" }));
  await send(`/${id}/connections`, { connection_id: connectionId, is_enabled: true });
  await send(`/${id}/members`, { members: [userId] });
  await send(`/${id}/members/${encodeURIComponent(userId)}/roles`, { roles: [roleIds["ai-editor"]] });
  return id;
}

/** The secret of the login application, which its backend keeps; the stack does not export it. */
export async function secretOf({ auth0 }: TenantAccess, clientId: string): Promise<string> {
  const { body } = await request(`${auth0.origin}/api/v2/clients/${clientId}`, {
    headers: { authorization: `Bearer ${auth0.apiToken}` },
  });
  return z.object({ client_secret: z.string() }).parse(await body.json()).client_secret;
}
