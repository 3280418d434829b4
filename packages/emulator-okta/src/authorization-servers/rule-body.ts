import { z } from "zod";
import { and, eq } from "@ai-api-access/emulator-core";
import { status, strings, withDefault } from "../body.ts";
import type { OktaContext } from "../context.ts";
import { alreadyExists, validationFailed } from "../errors.ts";
import type { PolicyRecord, RuleRecord } from "./record.ts";

/** Okta docs, "Authorization Servers API", "Rules": lifetimes are in minutes; 0 stands for unlimited. */
const tokenBody = z.object({
  accessTokenLifetimeMinutes: withDefault(z.int().min(5).max(1440), 60),
  refreshTokenLifetimeMinutes: withDefault(z.int().min(0), 0),
  refreshTokenWindowMinutes: withDefault(z.int().min(10).max(2_628_000), 10_080),
  inlineHook: z.object({ id: z.string() }).nullish(),
});

const ids = z.object({ include: strings, exclude: strings });
const noIds = { include: [], exclude: [] };

/** A rule as a request carries it, with Okta's defaults filled in. */
export const ruleBody = z.object({
  type: z.literal("RESOURCE_ACCESS"),
  name: z.string().min(1),
  priority: z.int().min(1).nullish(),
  status: withDefault(status, "ACTIVE"),
  conditions: z.object({
    people: z
      .object({
        users: withDefault(ids, noIds),
        groups: ids.nullish(),
      })
      .nullish(),
    grantTypes: z.object({ include: z.array(z.string()).min(1) }),
    scopes: z.object({ include: strings }),
  }),
  actions: withDefault(z.object({ token: tokenBody }), { token: tokenBody.parse({}) }),
});

/** The parts of a rule that a request can set. */
type RuleParts = Pick<RuleRecord, "name" | "people" | "grantTypes" | "scopes" | "token">;

/** Okta docs: the grant types that a rule can name. Okta lists those of a rule in an order of its own. */
const GRANT_TYPES: readonly string[] = [
  "implicit",
  "client_credentials",
  "authorization_code",
  "password",
  "interaction_code",
  "http://auth0.com/oauth/grant-type/mfa-oob",
  "http://auth0.com/oauth/grant-type/mfa-otp",
  "urn:ietf:params:oauth:grant-type:device_code",
  "urn:ietf:params:oauth:grant-type:jwt-bearer",
  "urn:ietf:params:oauth:grant-type:saml2-bearer",
  "urn:ietf:params:oauth:grant-type:token-exchange",
  "urn:okta:params:oauth:grant-type:oob",
  "urn:okta:params:oauth:grant-type:otp",
  "urn:openid:params:grant-type:ciba",
];

function inOrder(grantTypes: readonly string[]): string[] {
  return grantTypes.toSorted((one, other) => GRANT_TYPES.indexOf(one) - GRANT_TYPES.indexOf(other));
}

/** What a request says of a rule. */
export function partsOf({ name, conditions, actions }: z.output<typeof ruleBody>): RuleParts {
  const { people, grantTypes, scopes } = conditions;
  const { users = noIds, groups } = people ?? {};
  const { inlineHook, ...lifetimes } = actions.token;
  return {
    name,
    people: {
      users: { ...(users.include.length > 0 ? { include: users.include } : {}), exclude: users.exclude },
      ...(groups
        ? {
            groups: {
              include: groups.include,
              ...(groups.exclude.length > 0 ? { exclude: groups.exclude } : {}),
            },
          }
        : {}),
    },
    grantTypes: inOrder(grantTypes.include),
    scopes: scopes.include,
    token: { ...lifetimes, ...(inlineHook ? { inlineHookId: inlineHook.id } : {}) },
  };
}

/**
 * Refuses a wrong rule. The words about people are Okta's own (seen in answers of the real API, doubled quotation
 * marks included); those of the other causes are ours.
 */
export function validateRule(context: OktaContext, policy: PolicyRecord, rule: RuleParts, id?: string): void {
  const sameName = context.data.rules.find(and(eq("policyId", policy.id), eq("name", rule.name)));
  if (sameName.some((each) => each.id !== id)) throw alreadyExists("name");
  requirePeople(context, rule);
  const unknownGrants = rule.grantTypes.filter((grant) => !GRANT_TYPES.includes(grant));
  refuse(unknownGrants, "conditions.grantTypes.include", "not a grant type");
  refuse(
    unknownScopes(context, policy, rule),
    "conditions.scopes.include",
    "not a scope of this authorization server",
  );
  requireLifetimes(rule.token);
  const { inlineHookId } = rule.token;
  if (inlineHookId !== undefined && !context.data.inlineHooks.has(inlineHookId)) {
    refuse([inlineHookId], "actions.token.inlineHook.id", "not an inline hook of this org");
  }
}

function requirePeople({ data }: OktaContext, { people, grantTypes }: RuleParts): void {
  const groups = people.groups?.include ?? [];
  const users = people.users.include ?? [];
  const known =
    groups.some((group) => group === "EVERYONE" || data.groups.has(group)) ||
    users.some((user) => data.users.has(user));
  const forPeople = grantTypes.some((grant) => grant !== "client_credentials");
  const none = groups.length + users.length === 0;
  if (known || (none && !forPeople)) return;
  throw validationFailed(
    "conditions.people",
    "conditions.people: At least one of ''conditions.people.users.include'' or ''conditions.people.groups.include'' " +
      "must contain a valid user or group when ''conditions.grantTypes'' contains one or more of " +
      "[authorization_code, implicit, password].",
  );
}

function unknownScopes({ data }: OktaContext, policy: PolicyRecord, { scopes }: RuleParts): string[] {
  return scopes.filter(
    (name) =>
      name !== "*" && data.scopes.first(and(eq("serverId", policy.serverId), eq("name", name))) === undefined,
  );
}

function requireLifetimes(token: RuleParts["token"]): void {
  const { accessTokenLifetimeMinutes: access, refreshTokenLifetimeMinutes: refresh } = token;
  if (refresh === 0 || refresh >= access) return;
  throw validationFailed(
    "actions.token.refreshTokenLifetimeMinutes",
    `actions.token.refreshTokenLifetimeMinutes: must be 0 or at least the access token lifetime, ${String(access)}`,
  );
}

function refuse(wrong: readonly string[], field: string, what: string): void {
  if (wrong.length > 0) throw validationFailed(field, `${field}: ${what}: ${wrong.join(", ")}`);
}
