/**
 * `organization.connections`: how people sign in. Management API, POST /api/v2/connections and
 * …/organizations/{id}/enabled_connections.
 */
import { z } from "zod";
import {
  field,
  type Finding,
  type Findings,
  joined,
  type Readable,
  repeated,
  wordsOfField,
} from "../../components/checks/field.ts";
import { namesGiven } from "../existing.ts";
import {
  CONNECTION_NAME,
  connectionFields,
  only,
  optionalLinkFields,
  PRE_MADE,
  signUp,
  TAKEN,
} from "../../components/checks/connections.ts";
import { flag, pattern, text } from "../../components/checks/kinds.ts";
import { FIELDS, type Kind, KINDS, NEEDED } from "./kinds.ts";
import { openTo } from "./open-to.ts";

function nameOf(kind: string, example: string, description: string) {
  return pattern(CONNECTION_NAME, {
    wants: "1 to 128 letters, digits and single hyphens between them",
    example,
    description,
    leftOut: `it is none of ${kind}`,
  }).optional();
}

const fields = z.strictObject({
  existing: pattern(CONNECTION_NAME, {
    wants: "the name of a connection that exists in the tenant",
    example: PRE_MADE,
    description: "A connection of any strategy that is linked and stays as it is",
    leftOut: "it is none that exists",
  }).optional(),
  database: nameOf(
    "the stack's own databases",
    "my-awesome-company-users",
    "A database connection that the stack creates, with brute-force protection",
  ),
  okta: nameOf(
    "Okta",
    "my-awesome-company-okta",
    "Sign-in at the Okta org of this stack: the application there and the enterprise connection to it",
  ),
  oidc: nameOf("OpenID Connect", "my-awesome-company-sso", "An enterprise connection to an OpenID provider"),
  google: nameOf("Google", "my-awesome-company-google", "Sign-in with Google"),
  github: nameOf("GitHub", "my-awesome-company-github", "Sign-in with GitHub"),
  strategy: connectionFields.strategy.optional(),
  name: pattern(CONNECTION_NAME, {
    wants: "1 to 128 letters, digits and single hyphens between them",
    example: "my-awesome-company-saml",
    description: only("`strategy`", "The connection's name"),
    leftOut: "the kind has it",
  }).optional(),
  displayName: connectionFields.displayName.optional(),
  groups: field(z.array(text(255, { example: "AI people" })).min(1), {
    wants: "a list of names of groups that the Okta org has",
    example: "[AI people]",
    description: only("`okta`", "Whose people may sign in"),
    leftOut: "not with `okta`, which needs it",
  }).optional(),
  issuer: connectionFields.issuer.optional(),
  clientId: connectionFields.clientId.optional(),
  options: field(z.record(z.string(), z.unknown()), {
    wants: "an object of options as the auth0 provider of Pulumi names them",
    example: "{ signInEndpoint: https://login.example.com/saml }",
    description: only("`strategy`", "Passed on as they are; `clientSecret` is in `connectionSecrets`"),
    leftOut: "none",
  }).optional(),
  passwordPolicy: connectionFields.passwordPolicy.optional(),
  passwordHistory: connectionFields.passwordHistory.optional(),
  passwordDictionary: connectionFields.passwordDictionary.optional(),
  passwordNoPersonalInfo: connectionFields.passwordNoPersonalInfo.optional(),
  assignMembershipOnLogin: connectionFields.assignMembershipOnLogin.optional(),
  openToAnyone: flag({
    example: "false",
    description:
      "`assignMembershipOnLogin` is meant although strangers can make themselves an account there; not with `database`, `okta`",
  }).default(false),
  ...optionalLinkFields,
  isSignupEnabled: connectionFields.isSignupEnabled.default(false),
  deleteWithStack: flag({
    example: "false",
    description: only("`database`", "The stack may delete and replace the connection, **with its users**"),
  }).default(false),
});

type Fields = Readable<z.output<typeof fields>>;

export const connection = field(
  joined(fields, ofOneKind, stillFree, ofItsKind, nothingMissing, signUp, openDoor),
  {
    wants: `an object with one of ${KINDS.join(", ")}`,
    example: "{ database: my-awesome-company-users }",
  },
);

export const connections = field(
  joined(z.array(connection).min(1).max(10), (list) =>
    repeated(list.map((one) => one && connectionName(one))).map(({ index, first }) => ({
      path: [index],
      wants: `each connection once (this one is connections[${String(first)}] already)`,
      example: "{ database: my-awesome-company-users }",
      next: "remove one of the two",
    })),
  ),
  {
    wants: "a list of 1 to 10 connections",
    example: "[{ existing: Username-Password-Authentication }]",
    description: "How people sign in",
  },
);

type Named = Readonly<Partial<Record<Kind | "name", string | undefined>>>;

export function kindsOf(given: Named): Kind[] {
  return KINDS.filter((kind) => given[kind] !== undefined);
}

export function connectionName(given: Named): string | undefined {
  const [kind] = kindsOf(given);
  if (kind === undefined) return undefined;
  return kind === "strategy" ? given.name : given[kind];
}

function ofOneKind(given: Fields): Findings {
  const kinds = kindsOf(given);
  if (kinds.length === 1) return undefined;
  const [first = "database", second] = kinds;
  const shown = kinds.map((kind) => `${kind} ${JSON.stringify(given[kind])}`);
  const example = `{ ${second ?? first}: ${given[second ?? first] ?? "my-awesome-company-users"} }`;
  const wants = `one of ${KINDS.join(", ")}`;
  if (kinds.length === 0) return { path: [], got: "no kind of connection", wants, example };
  return { path: [], got: shown.join(" and "), wants, example };
}

function stillFree(given: Fields): Findings {
  const kind = kindsOf(given).find((one) => one !== "existing" && one !== "strategy");
  if (kind === undefined || given[kind] !== PRE_MADE) return undefined;
  return {
    path: [kind],
    ...TAKEN,
    next: `to use the one that is there, write existing: ${PRE_MADE} in place of ${kind}`,
  };
}

/** A field that a kind does not take is a misunderstanding: it would say nothing. */
function ofItsKind(given: Fields): Findings {
  const [kind, second] = kindsOf(given);
  if (kind === undefined || second !== undefined) return undefined;
  const known: string[] = Object.values(FIELDS).flat();
  const wrong = namesGiven(fields, given).filter(
    (name) => known.includes(name) && !FIELDS[kind].includes(name),
  );
  return wrong.map((name) => ({ path: [name], ...wordsForKind(kind, name, given) }));
}

function wordsForKind(kind: Kind, name: string, given: Fields): Omit<Finding, "path"> {
  const example = `{ ${kind}: ${given[kind] ?? "…"} }`;
  const next = "remove this line";
  if (name === "openToAnyone" && kind === "database") {
    return {
      wants:
        "nothing here for a database of the stack's own: nobody can sign up there unless isSignupEnabled",
      example: "isSignupEnabled: true",
      next: "remove this line; if anyone is to sign up, set isSignupEnabled",
    };
  }
  if (kind === "existing") {
    return {
      wants: `nothing here together with existing: the stack links ${String(given.existing)} and never changes or deletes it`,
      example,
      next,
    };
  }
  const takers = KINDS.filter((one) => FIELDS[one].includes(name));
  return { wants: `nothing here with ${kind}: it is for ${takers.join(", ")}`, example, next };
}

function nothingMissing(given: Fields): Findings {
  const [kind, second] = kindsOf(given);
  if (kind === undefined || second !== undefined) return undefined;
  return NEEDED[kind].flatMap((name) => {
    if (Object.hasOwn(given, name)) return [];
    const { wants, example } = wordsOfField(fields, name);
    return [{ path: [name], wants, example }];
  });
}

/** What exists is looked at when it has been found. */
function openDoor(given: Fields): Findings {
  if (given.assignMembershipOnLogin !== true || given.openToAnyone === true) return undefined;
  const provider = openProvider(given);
  if (provider === undefined) return undefined;
  return {
    path: ["assignMembershipOnLogin"],
    got: "true, with openToAnyone false",
    wants: `false: anyone can have an account of ${provider}, and would be a member by logging in`,
    example: "assignMembershipOnLogin: false",
    next: "remove this line; if anyone is meant to become a member, set openToAnyone: true",
  };
}

interface ProviderFields extends Named {
  readonly issuer?: string | undefined;
  readonly options?: Readonly<Record<string, unknown>> | undefined;
}

/** Whose accounts one of the stack's own takes, where anyone can have one. */
export function openProvider(given: ProviderFields): string | undefined {
  const [kind] = kindsOf(given);
  if (kind === "google" || kind === "github") return kind;
  if (kind === "oidc") return openTo(kind, { issuer: given.issuer });
  return kind === "strategy" ? openTo(given.strategy ?? "", given.options ?? {}) : undefined;
}
