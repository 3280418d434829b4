import type { JsonObject } from "@ai-api-access/emulator-core";

/** The scopes that the options of a connection ask for, by the options' names (recorded answers). */
const SCOPES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "google-oauth2": {
    email: "email",
    profile: "profile",
    gmail: "https://mail.google.com/mail/feed/atom",
    youtube: "https://gdata.youtube.com",
  },
  github: {
    email: "user:email",
    read_user: "read:user",
    follow: "user:follow",
    public_repo: "public_repo",
    repo: "repo",
    repo_deployment: "repo_deployment",
    repo_status: "repo:status",
    delete_repo: "delete_repo",
    notifications: "notifications",
    gist: "gist",
    read_repo_hook: "read:repo_hook",
    write_repo_hook: "write:repo_hook",
    admin_repo_hook: "admin:repo_hook",
    read_org: "read:org",
    admin_org: "admin:org",
    read_public_key: "read:public_key",
    write_public_key: "write:public_key",
    admin_public_key: "admin:public_key",
    write_org: "write:org",
  },
  apple: { name: "name", email: "email" },
  linkedin: { email: "r_emailaddress", profile: "r_liteprofile", basic_profile: "r_basicprofile" },
  windowslive: { graph_user: "https://graph.microsoft.com/User.Read" },
  "salesforce-community": {},
};

/** The options of a connection with what the server fills in; undefined for a strategy that is none of these. */
export function socialOptions(
  strategy: string,
  options: JsonObject,
  old: JsonObject,
): JsonObject | undefined {
  const asked = Object.keys(options).filter((name) => options[name] === true);
  const { [strategy]: names } = SCOPES;
  const scope = asked.flatMap((name) => names?.[name] ?? []);
  switch (strategy) {
    case "facebook":
      // Its options are called as the scopes are.
      return { ...options, scope: asked.join(",") };
    case "apple":
      return { ...options, scope: scope.join(" ") };
    case "line":
      return {
        ...options,
        scope: ["openid", ...(options.email === true ? ["email"] : []), "profile"],
        profile: true,
      };
    case "google-apps":
      return {
        handle_login_from_social: true,
        ...(old.map_user_id_to_id === undefined ? {} : { map_user_id_to_id: old.map_user_id_to_id }),
        ...options,
        email: true,
        profile: true,
        scope: ["email", "profile"],
      };
    default:
      return names === undefined ? undefined : { ...options, scope };
  }
}
