import { z } from "zod";
import { eq } from "../../kit/where.ts";
import { route } from "../context.ts";
import { notFound } from "../errors.ts";
import { link } from "../links.ts";
import type { UserRecord } from "./record.ts";

/** A person as Okta answers it. */
export function renderUser(origin: string, user: UserRecord) {
  const path = `/api/v1/users/${user.id}`;
  return {
    id: user.id,
    status: user.status,
    created: user.created,
    activated: user.activated,
    statusChanged: user.statusChanged,
    lastLogin: user.lastLogin,
    lastUpdated: user.lastUpdated,
    passwordChanged: user.passwordChanged,
    type: { id: user.typeId },
    profile: user.profile,
    credentials: {
      password: {},
      emails: [{ value: user.profile.email, status: "VERIFIED", type: "PRIMARY" }],
      provider: { type: "OKTA", name: "OKTA" },
    },
    _links: { self: link(origin, path) },
  };
}

/** People (Okta docs, "Users API"): only looking one up, by id, by login, or `me`, the token's owner. */
export const userRoutes = [
  route({
    method: "GET",
    path: "/api/v1/users/:userId",
    operation: "getUser",
    access: ["okta.users.read"],
    success: 200,
    params: z.object({ userId: z.string() }),
    handler: ({ params, call }, { data, org }) => {
      // A client that acts for itself is nobody's: for it there is no `me`.
      const mine = params.userId === "me" && /^SSWS /i.test(call.headers.authorization ?? "");
      const id = mine ? org().adminUserId : params.userId;
      const user = data.users.get(id) ?? data.users.first(eq("login", id));
      if (user === undefined) throw notFound(params.userId, "User");
      return renderUser(call.origin, user);
    },
  }),
];
