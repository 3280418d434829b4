import { alphanumeric } from "@ai-api-access/emulator-core";

/** Okta's id prefixes by kind, as its API shows them. */
const ID_PREFIX = {
  app: "0oa",
  authorizationServer: "aus",
  claim: "ocl",
  clientKey: "pks",
  clientSecret: "ocs",
  grant: "oag",
  group: "00g",
  inlineHook: "cal",
  org: "00o",
  policy: "00p",
  role: "ra1",
  rule: "0pr",
  scope: "scp",
  signOnPolicy: "rst",
  user: "00u",
  userSchema: "osc",
  userType: "oty",
} as const;

/** In the order of ASCII, so that ids sort as their numbers do. */
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** All ids of one Okta cell end alike. */
const CELL_SUFFIX = "5d7";

let lastMoment = 0;

/**
 * A new id of 20 characters: prefix, 7 characters of time, 7 random ones, the cell's ending. Later ids sort
 * after earlier ones, as Okta's do by and large, so that a list in the order of ids is in the order of creation.
 */
export function newId(kind: keyof typeof ID_PREFIX): string {
  lastMoment = Math.max(Date.now(), lastMoment + 1);
  return `${ID_PREFIX[kind]}${inDigits(lastMoment, 7)}${alphanumeric(7)}${CELL_SUFFIX}`;
}

function inDigits(value: number, length: number): string {
  return Array.from({ length }, (_, place) =>
    DIGITS.charAt(Math.floor(value / DIGITS.length ** (length - 1 - place)) % DIGITS.length),
  ).join("");
}
