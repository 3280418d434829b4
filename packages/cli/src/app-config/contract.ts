/**
 * What an application may read of the stack's outputs, once the engine has resolved them. A type test compares it with
 * `AppConfig` of `src/outputs.ts` and with the reader of `examples/ai-api`.
 */
import { isLoopback } from "@ai-api-access/tenant-clients";
import { z } from "zod";

/** What the engine writes in place of a secret that was not asked for. */
export const MASK = "[secret]";

/** A text that passes a test. One message for all that can be wrong with it says what is wanted. */
const text = (test: (value: string) => boolean, wants: string) =>
  z.string({ error: wants }).refine((value) => value !== MASK && test(value), { error: wants });

const word = (example: string) =>
  text((value) => /^\S+$/.test(value), `text without blanks, such as ${example}`);

/** The slash at the end counts: it is part of Auth0's `iss` and not of Okta's. */
const url = (end: "a slash" | "no slash", example: string) =>
  text(
    (value) => isSafeUrl(value) && value.endsWith("/") === (end === "a slash"),
    `an https URL with ${end} at its end, such as ${example} (http on this machine only)`,
  );

function isSafeUrl(value: string): boolean {
  if (!URL.canParse(value) || /[\s?#]/.test(value)) return false;
  const { protocol, hostname } = new URL(value);
  return protocol === "https:" || (protocol === "http:" && isLoopback(hostname));
}

const WANTS_ID = "an organization's id, such as org_6WDCFcNyprPeMcHi";
const WANTS_NAME = "text without blanks, such as my-awesome-company";
const organizationId = text((id) => /^org_\w+$/.test(id), WANTS_ID);

const auth0 = {
  issuer: url("a slash", "https://acme.us.auth0.com/"),
  audience: word("https://ai.example.com"),
  organizationId: organizationId.exactOptional(),
  organizationName: word("my-awesome-company").exactOptional(),
  organizations: z
    .record(
      text((name) => /^[a-z0-9_-]+$/.test(name), "an organization's name"),
      organizationId,
      {
        error: "an object of ids by the organizations' names",
      },
    )
    .readonly()
    .exactOptional(),
  organizationDomain: text((host) => /^[^\s/]+$/.test(host), "a host name, such as acme.us.auth0.com"),
  clientId: word("uoAY8d2jjN6UZ8RihTT2CJxSCSbaSakJ").exactOptional(),
  proofOfPossession: z.literal("required", { error: "required, or nothing" }).exactOptional(),
};

const okta = {
  issuer: url("no slash", "https://acme.okta.com/oauth2/aus1a2b3c4d5e6f7g8h9"),
  tokenEndpoint: url("no slash", "https://acme.okta.com/oauth2/aus1a2b3c4d5e6f7g8h9/v1/token"),
  audience: word("https://ai.example.com"),
  clientId: word("0oa1a2b3c4d5e6f7g8h9"),
  clientSecret: word("what Okta shows as the client secret").exactOptional(),
  scopes: z
    .array(word("ai:read"), { error: "a list of scopes, such as ai:read" })
    .min(1, { error: "at least one scope, such as ai:read" })
    .readonly(),
};

type OneOrMany = Partial<Record<"organizationId" | "organizationName" | "organizations", unknown>>;

/** What is wrong besides each value: it is the only organization with id and name, or all of them by name. */
function oneOrMany(given: OneOrMany): (readonly [keyof OneOrMany, string])[] {
  const { organizationId, organizationName, organizations } = given;
  if (organizations === undefined) {
    return [
      ...(organizationId === undefined ? [["organizationId", WANTS_ID] as const] : []),
      ...(organizationName === undefined ? [["organizationName", WANTS_NAME] as const] : []),
    ];
  }
  const both = organizationId !== undefined || organizationName !== undefined;
  return both ? [["organizations", "nothing beside organizationId and organizationName"]] : [];
}

export const appConfigSchema = z.object(
  {
    auth0: z.object(auth0, { error: "an object with issuer, audience, organizationId and more" }).superRefine(
      (given, { issues }) => {
        // What is no object has been said already.
        if (!z.record(z.string(), z.unknown()).safeParse(given).success) return;
        for (const [name, message] of oneOrMany(given)) {
          issues.push({ code: "custom", path: [name], message, input: given[name] });
        }
      },
      // Together with whatever else is wrong.
      { when: () => true },
    ),
    okta: z.object(okta, { error: "an object with issuer, audience, clientId and more" }).exactOptional(),
  },
  { error: "an object with auth0 and okta" },
);

/** The resolved `appConfig` of a stack. */
export type AppConfigValues = z.infer<typeof appConfigSchema>;
