/** Whether the tenant takes the pushed authorization requests that the login application begins with (RFC 9126). */
import type { TenantClient } from "@ai-api-access/tenant-clients";
import { z } from "zod";
import type { StackConfig } from "@ai-api-access/local/program.ts";
import { ok, unchecked, wrong, type Check } from "../check.ts";
import { atSettings, UNREADABLE } from "./tenant-settings.ts";

const SUBJECT = "sign-in";

const settingsSchema = z.object({ pushed_authorization_requests_supported: z.boolean().nullish() });

/** Nothing where logins begin as usual. */
export async function checkPushedRequests({ loginApp }: StackConfig, auth0: TenantClient): Promise<Check[]> {
  if (loginApp?.requirePushedAuthorizationRequests !== true) return [];
  const { status, body } = await auth0.get("/tenants/settings");
  if (status !== 200) return [unchecked(SUBJECT, UNREADABLE)];
  if (settingsSchema.parse(body).pushed_authorization_requests_supported === true)
    return [ok(SUBJECT, "the tenant takes pushed authorization requests")];
  return [
    wrong(
      SUBJECT,
      "nobody can log in: loginApp.requirePushedAuthorizationRequests, and the tenant takes no pushed requests",
      atSettings("Allow Pushed Authorization Requests (PAR)", {
        pushed_authorization_requests_supported: true,
      }),
    ),
  ];
}
