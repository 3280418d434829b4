/** `loginApp`: the application through which people log in. Management API, POST /api/v2/clients. */
import { z } from "zod";
import { field, type Findings, joined, type Readable } from "./field.ts";
import { callbackUrl, isWebUrl, oneOf, pattern } from "./kinds.ts";

const CALLBACK = "https://console.example.com/callback";
const HOME = "https://console.example.com";

const fields = z.strictObject({
  name: pattern(/^[^<>]+$/, {
    wants: "text without < and >",
    example: "AI Console",
    description: "Its name",
  }),
  type: oneOf(["regular_web", "spa", "native"], {
    example: "regular_web",
    description: "What kind of application it is",
  }).default("regular_web"),
  callbacks: field(z.array(callbackUrl({ example: CALLBACK })).min(1), {
    wants: "a list with at least one URL to which people return after login",
    example: `["${CALLBACK}"]`,
    description:
      "https URLs without `#`; http for `localhost`, `127.0.0.1`, `[::1]` only; " +
      "with `native` also schemes of its own (`com.example.app://callback`)",
  }),
  logoutUrls: field(z.array(callbackUrl({ example: HOME })), {
    wants: "a list of URLs to which people return after logout",
    example: `["${HOME}"]`,
    description: "URLs of the same kind",
  }).default([]),
  organizationUsage: field(z.enum(["require", "allow"]), {
    wants: "require (people must log in to an organization) or allow",
    example: "require",
    description: "Whether people log in to an organization",
  }).default("require"),
  organizationRequireBehavior: oneOf(["pre_login_prompt", "post_login_prompt", "no_prompt"], {
    example: "pre_login_prompt",
    description: "How an organization that is required is asked for; with `organizationUsage: require` only",
    leftOut: "`pre_login_prompt`, where one is required",
  }).optional(),
});

type Fields = Readable<z.output<typeof fields>>;

export const loginApp = field(joined(fields, prompt, appSchemes), {
  wants: "an object with name and callbacks",
  example: `{ name: AI Console, callbacks: ["${CALLBACK}"] }`,
  description: "The application through which people log in",
  leftOut: "the stack declares none",
});

function prompt({ organizationUsage, organizationRequireBehavior }: Fields): Findings {
  if (organizationUsage !== "allow" || organizationRequireBehavior === undefined) return undefined;
  return {
    path: ["organizationRequireBehavior"],
    wants:
      "nothing here with organizationUsage allow: it says how an organization that is required is asked for",
    example: "organizationUsage: require",
    next: "remove this line, or set organizationUsage: require",
  };
}

function appSchemes({ type, callbacks = [], logoutUrls = [] }: Fields): Findings {
  if (type === "native") return undefined;
  const urls = [
    ...callbacks.map((url, index) => ({ url, path: ["callbacks", index], example: CALLBACK })),
    ...logoutUrls.map((url, index) => ({ url, path: ["logoutUrls", index], example: HOME })),
  ];
  const wants =
    "an https URL without a # part (http only for localhost, 127.0.0.1 and [::1]; other schemes only with type native)";
  return urls.flatMap(({ url, ...at }) => (url === undefined || isWebUrl(url) ? [] : { ...at, wants }));
}

export type LoginAppConfig = z.output<typeof loginApp>;

/** Only where an organization is required may the application say how to ask for it. */
export function loginApplicationArgs(config: LoginAppConfig) {
  const { organizationUsage, organizationRequireBehavior = "pre_login_prompt" } = config;
  const asked = organizationUsage === "require" ? organizationRequireBehavior : undefined;
  return { ...config, organizationRequireBehavior: asked };
}
