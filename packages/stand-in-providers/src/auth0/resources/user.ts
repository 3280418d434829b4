import { segment } from "../../http/escape.ts";
import { flag, json, text } from "../../table/property.ts";
import type { ResourceType } from "../../table/resource.ts";
import type { Auth0Api } from "../api.ts";
import { collection } from "../steps.ts";

export const user: ResourceType<Auth0Api> = {
  token: "auth0:index/user:User",
  what: "user",
  properties: {
    connectionName: text("connection", { required: true, writeOnly: true }),
    userId: text("user_id", { computed: true, sent: "create" }),
    email: text("email"),
    emailVerified: flag("email_verified"),
    verifyEmail: flag("verify_email", { writeOnly: true }),
    username: text("username"),
    password: text("password", { secret: true, writeOnly: true }),
    name: text("name", { autoName: true, computed: true }),
    givenName: text("given_name"),
    familyName: text("family_name"),
    nickname: text("nickname", { computed: true }),
    picture: text("picture", { computed: true }),
    phoneNumber: text("phone_number"),
    phoneVerified: flag("phone_verified"),
    blocked: flag("blocked"),
    userMetadata: json("user_metadata"),
    appMetadata: json("app_metadata"),
  },
  ...collection({ path: "/users", id: "user_id" }),

  async update(call) {
    const body = call.body("changed");
    if (Object.keys(body).length > 0) await call.api.send("PATCH", `/users/${segment(call.id)}`, body);
    return undefined;
  },
};
