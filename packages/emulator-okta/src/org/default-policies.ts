import { eq } from "@ai-api-access/emulator-core";
import type { Json } from "@ai-api-access/emulator-core";
import type { OktaContext } from "../context.ts";
import { isEveryone } from "../groups/find.ts";
import { link } from "../render.ts";

const DEFAULT = {
  name: "Default Policy",
  description: "The default policy applies in all situations if no other policy applies.",
};

interface DefaultPolicy {
  /** How its id begins. */
  readonly prefix: "00p" | "rst";
  readonly name: string;
  readonly description: string;
  /** It names the group of everybody. */
  readonly isForEveryone?: true;
  readonly provider?: "OKTA";
  readonly settings?: Json;
}

const PASSWORD_SETTINGS: Json = {
  password: {
    complexity: {
      minLength: 8,
      minLowerCase: 1,
      minUpperCase: 1,
      minNumber: 1,
      minSymbol: 0,
      excludeUsername: true,
      dictionary: { common: { exclude: false } },
      excludeAttributes: [],
    },
    age: { maxAgeDays: 0, expireWarnDays: 0, minAgeMinutes: 0, historyCount: 5 },
    lockout: {
      maxAttempts: 10,
      autoUnlockMinutes: 0,
      userLockoutNotificationChannels: [],
      showLockoutFailures: false,
    },
  },
  recovery: {
    factors: {
      recovery_question: { status: "INACTIVE", properties: { complexity: { minLength: 4 } } },
      okta_email: { status: "INACTIVE", properties: { recoveryToken: { tokenLifetimeMinutes: 60 } } },
      okta_sms: { status: "INACTIVE" },
      okta_call: { status: "INACTIVE" },
    },
  },
  delegation: { options: { skipUnlock: false } },
};

/**
 * The policy that every org has of each type, authentication policies aside, as an org of 2026 shows it (Okta docs,
 * "Policies API"). They are there to be looked up; nothing here follows them.
 */
const DEFAULT_POLICIES: Readonly<Record<string, DefaultPolicy>> = {
  OKTA_SIGN_ON: { prefix: "00p", ...DEFAULT, isForEveryone: true },
  PASSWORD: {
    prefix: "00p",
    ...DEFAULT,
    isForEveryone: true,
    provider: "OKTA",
    settings: PASSWORD_SETTINGS,
  },
  MFA_ENROLL: { prefix: "00p", ...DEFAULT, isForEveryone: true },
  IDP_DISCOVERY: {
    prefix: "00p",
    name: "Idp Discovery Policy",
    description: "The default IdP Discovery Policy",
  },
  PROFILE_ENROLLMENT: {
    prefix: "rst",
    name: "Default Policy",
    description: "The default profile enrollment policy",
  },
  POST_AUTH_SESSION: {
    prefix: "rst",
    name: "Post Auth Policy",
    description: "Enables post auth policy evaluation for the org.",
  },
  ENTITY_RISK: {
    prefix: "rst",
    name: "Entity Risk Policy",
    description: "Enables entity risk policy evaluation for the org.",
  },
  SESSION_VIOLATION_DETECTION: {
    prefix: "rst",
    name: "Session Violation Detection Policy",
    description: "Enables session violation detection policy evaluation for the org.",
  },
};

/** The types of policies that this org has, beside authentication policies. */
export const DEFAULT_POLICY_TYPES = Object.keys(DEFAULT_POLICIES);

/** The org's policy of this type, as Okta answers it. */
export function renderDefaultPolicy({ data, org }: OktaContext, origin: string, type: string): object {
  const policy = DEFAULT_POLICIES[type];
  if (policy === undefined) throw new Error(`There is no default policy of the type ${type}.`);
  const { prefix, name, description, isForEveryone, provider, settings } = policy;
  const { id: orgId, created } = org();
  // Nobody changes it, so nothing is stored: its id is the org's with another beginning and the type's number.
  const id = `${prefix}${orgId.slice(3, -4)}${DEFAULT_POLICY_TYPES.indexOf(type)}${orgId.slice(-3)}`;
  const everyone = data.groups.find(eq("type", "BUILT_IN")).filter(isEveryone);
  const path = `/api/v1/policies/${id}`;
  return {
    id,
    status: "ACTIVE",
    name,
    description,
    priority: 1,
    system: true,
    conditions:
      isForEveryone === true
        ? {
            people: { groups: { include: everyone.map((group) => group.id) } },
            ...(provider === undefined ? {} : { authProvider: { provider } }),
          }
        : null,
    created,
    lastUpdated: created,
    ...(settings === undefined ? {} : { settings }),
    _links: { self: link(origin, path, "GET", "PUT"), rules: link(origin, `${path}/rules`, "GET", "POST") },
    type,
  };
}
