import { z } from "zod";
import { and, eq } from "@ai-api-access/emulator-core/where.ts";
import type { OktaContext } from "../context.ts";
import { alreadyExists, validationFailed } from "../errors.ts";
import type { PolicyRecord, RuleRecord } from "./record.ts";

const ids = z.array(z.string()).nullish();

/** Okta docs, "Authorization Servers API", "Rules": lifetimes are in minutes; 0 stands for unlimited. */
const tokenBody = z.object({
  accessTokenLifetimeMinutes: z.int().min(5).max(1440).nullish(),
  refreshTokenLifetimeMinutes: z.int().min(0).nullish(),
  refreshTokenWindowMinutes: z.int().min(10).max(2_628_000).nullish(),
  inlineHook: z.object({ id: z.string() }).nullish(),
});

/** A rule as a request carries it. */
export const ruleBody = z.object({
  type: z.literal("RESOURCE_ACCESS"),
  name: z.string().min(1),
  priority: z.int().min(1).nullish(),
  status: z.enum(["ACTIVE", "INACTIVE"]).nullish(),
  conditions: z.object({
    people: z
      .object({
        users: z.object({ include: ids, exclude: ids }).nullish(),
        groups: z.object({ include: ids, exclude: ids }).nullish(),
      })
      .nullish(),
    grantTypes: z.object({ include: z.array(z.string()).min(1) }),
    scopes: z.object({ include: ids }),
  }),
  actions: z.object({ token: tokenBody }).nullish(),
});

/** A rule as a request carries it. */
export type RuleBody = z.output<typeof ruleBody>;

/** The parts of a rule that a request can set. */
export type RuleParts = Pick<RuleRecord, "name" | "people" | "grantTypes" | "scopes" | "token">;

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

/** What a request says of a rule, with Okta's defaults filled in. */
export function partsOf(body: RuleBody): RuleParts {
  const { people, grantTypes, scopes } = body.conditions;
  const token = body.actions?.token;
  return {
    name: body.name,
    people: {
      users: {
        ...(people?.users?.include?.length ? { include: people.users.include } : {}),
        exclude: people?.users?.exclude ?? [],
      },
      ...(people?.groups
        ? {
            groups: {
              include: people.groups.include ?? [],
              ...(people.groups.exclude?.length ? { exclude: people.groups.exclude } : {}),
            },
          }
        : {}),
    },
    grantTypes: inOrder(grantTypes.include),
    scopes: scopes.include ?? [],
    token: {
      accessTokenLifetimeMinutes: token?.accessTokenLifetimeMinutes ?? 60,
      refreshTokenLifetimeMinutes: token?.refreshTokenLifetimeMinutes ?? 0,
      refreshTokenWindowMinutes: token?.refreshTokenWindowMinutes ?? 10_080,
      ...(token?.inlineHook ? { inlineHookId: token.inlineHook.id } : {}),
    },
  };
}

/**
 * The rules about rules. The words about people are Okta's own (seen in answers of the real API, doubled
 * quotation marks included); those of the other causes are ours.
 */
export function requireSound(context: OktaContext, policy: PolicyRecord, rule: RuleParts, id?: string): void {
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
