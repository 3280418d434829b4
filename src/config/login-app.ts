/** `loginApp`: the application through which people log in. Management API, POST /api/v2/clients. */
import { z } from "zod";
import {
  appSchemes,
  CALLBACK,
  loginFields,
  optionalLoginFields,
  prompt,
  pushedWithSecret,
} from "../components/checks/login-application.ts";
import { missingFields, notBesideExisting } from "./existing.ts";
import { field, type Findings, joined, type Readable } from "../components/checks/field.ts";
import { pattern } from "../components/checks/kinds.ts";

const fields = z.strictObject({
  existing: pattern(/^[A-Za-z0-9_-]{1,64}$/, {
    wants: "the client id of an application that exists in the tenant",
    example: "3kq2xTQ0Yv8ZcB1mR5sJwD7nLp9GfHaE",
    description: "An application of another stack; it is enabled on connections that this stack creates",
    leftOut: "the stack declares the application",
  }).optional(),
  name: loginFields.name.optional(),
  type: loginFields.type.default("regular_web"),
  callbacks: loginFields.callbacks.optional(),
  logoutUrls: loginFields.logoutUrls.default([]),
  organizationUsage: loginFields.organizationUsage.default("require"),
  ...optionalLoginFields,
  refreshTokenLifetimeSeconds: loginFields.refreshTokenLifetimeSeconds.optional(),
  refreshTokenIdleLifetimeSeconds: loginFields.refreshTokenIdleLifetimeSeconds.optional(),
  requirePushedAuthorizationRequests: loginFields.requirePushedAuthorizationRequests.default(false),
});

type Fields = Readable<z.output<typeof fields>>;

export const loginApp = field(
  joined(fields, ownOrExisting, prompt, appSchemes, idleFirst, pushedWithSecret),
  {
    wants: "an object with name and callbacks, or with existing",
    example: `{ name: AI Console, callbacks: ["${CALLBACK}"] }`,
    description: "The application through which people log in",
    leftOut: "the stack declares none",
  },
);

function ownOrExisting(given: Fields): Findings {
  const { existing, ...own } = given;
  if (existing === undefined) return missingFields(fields, own, ["name", "callbacks"]);
  return notBesideExisting(
    fields,
    own,
    `the stack never changes the application ${existing}`,
    `{ existing: ${existing} }`,
  );
}

const LIFETIME = 2_592_000;
const IDLE_LIFETIME = 1_296_000;

function idleFirst(config: Fields): Findings {
  const { refreshTokenLifetimeSeconds: lifetime = LIFETIME, refreshTokenIdleLifetimeSeconds: idle = 0 } =
    config;
  if (idle <= lifetime) return undefined;
  return {
    path: ["refreshTokenIdleLifetimeSeconds"],
    wants: `at most refreshTokenLifetimeSeconds, which is ${String(lifetime)}`,
    example: String(Math.min(lifetime, IDLE_LIFETIME)),
  };
}

type Parsed = z.output<typeof fields>;

/** The application that the stack declares. */
export interface LoginAppConfig extends Omit<Parsed, "existing" | "name" | "callbacks"> {
  readonly name: string;
  readonly callbacks: string[];
}

/** The application that the stack declares, undefined for one that exists. */
export function loginAppOf({
  existing,
  name = "",
  callbacks = [],
  ...rest
}: Parsed): LoginAppConfig | undefined {
  return existing === undefined ? { name, callbacks, ...rest } : undefined;
}

/** Lifetimes of refresh tokens mean nothing where there are none. */
export function offlineFirst(config: {
  readonly loginApp?: Fields | undefined;
  readonly api?:
    { readonly existing?: string | undefined; readonly offlineAccess?: boolean | undefined } | undefined;
}): Findings {
  if (config.api?.offlineAccess !== false || config.api.existing !== undefined) return undefined;
  const { refreshTokenLifetimeSeconds, refreshTokenIdleLifetimeSeconds } = config.loginApp ?? {};
  const given = Object.entries({ refreshTokenLifetimeSeconds, refreshTokenIdleLifetimeSeconds });
  return given
    .filter(([, value]) => value !== undefined)
    .map(([name]) => ({
      path: ["loginApp", name],
      wants: "nothing here without ai-api-access:api.offlineAccess: there are no refresh tokens then",
      example: "ai-api-access:api.offlineAccess: true",
      next: "remove this line, or set api.offlineAccess: true",
    }));
}

/** Only where an organization is required may the application say how to ask for it. */
export function loginApplicationArgs(config: LoginAppConfig, offlineAccess: boolean) {
  const { organizationUsage, organizationRequireBehavior = "pre_login_prompt" } = config;
  const asked = organizationUsage === "require" ? organizationRequireBehavior : undefined;
  const { refreshTokenLifetimeSeconds: lifetime = LIFETIME } = config;
  const { refreshTokenIdleLifetimeSeconds: idle = Math.min(lifetime, IDLE_LIFETIME) } = config;
  const refreshTokens = offlineAccess ? { lifetimeSeconds: lifetime, idleLifetimeSeconds: idle } : undefined;
  return { ...config, organizationRequireBehavior: asked, refreshTokens };
}
