/** `connection`: how people sign in. Management API, POST /api/v2/connections and …/organizations/{id}/enabled_connections. */
import { z } from "zod";
import { field, type Findings, joined, type Readable } from "./field.ts";
import { flag, KEPT, oneOf, pattern, wholeNumber } from "./kinds.ts";

/** Auth0's strategy for connections that keep their users in the tenant's own database. */
export const DATABASE = "auth0";

/** Every Auth0 tenant has it from the start, so creating it is a conflict (409). */
const PRE_MADE = "Username-Password-Authentication";

const NAME = /^(?=.{1,128}$)[a-zA-Z0-9](?:-[a-zA-Z0-9]|[a-zA-Z0-9])*$/;

const fields = z.strictObject({
  name: pattern(NAME, {
    wants: "1 to 128 letters, digits and single hyphens between them",
    example: "my-awesome-company-users",
    description: "A database connection that the stack creates, with brute-force protection",
    leftOut: "`existing` has to be there",
  }).optional(),
  existing: pattern(NAME, {
    wants: "the name of a connection that exists in the tenant",
    example: "Username-Password-Authentication",
    description: "A connection of any strategy that is linked and stays as it is",
    leftOut: "`name` has to be there",
  }).optional(),
  passwordPolicy: oneOf(["none", "low", "fair", "good", "excellent"], {
    example: "good",
    description: "How strong passwords must be; own connections only",
    leftOut: "`good`",
  }).optional(),
  passwordHistory: wholeNumber(0, 24, "passwords", {
    example: "5",
    description: "How many of their last passwords people may not take again; own connections only",
    leftOut: "`5`",
  }).optional(),
  passwordDictionary: flag({
    example: "true",
    description: "Common passwords are refused; own connections only",
    leftOut: "`true`",
  }).optional(),
  passwordNoPersonalInfo: flag({
    example: "true",
    description: "Passwords with the person's name or email in them are refused; own connections only",
    leftOut: "`true`",
  }).optional(),
  assignMembershipOnLogin: flag({
    example: "true",
    description: "Who logs in through the connection becomes a member",
    leftOut: "`true`, unless strangers can make themselves an account there",
  }).optional(),
  openToAnyone: flag({
    example: "false",
    description:
      "`assignMembershipOnLogin` is meant although strangers can make themselves an account there; existing connections only",
  }).default(false),
  showAsButton: flag({
    example: "true",
    description: "A button on the login page; existing enterprise connections only",
    leftOut: KEPT,
  }).optional(),
  isSignupEnabled: flag({
    example: "false",
    description:
      "**Anyone** may sign up and is a member then; database connections only, and only with `assignMembershipOnLogin`",
  }).default(false),
  deleteWithStack: flag({
    example: "false",
    description: "The stack may delete and replace the connection, **with its users**; own connections only",
  }).default(false),
});

type Fields = Readable<z.output<typeof fields>>;

export const connection = field(
  joined(fields, ownOrExisting, stillFree, onlyOwn, onlyExisting, onlyEnterprise, signUp),
  {
    wants: "an object with either name or existing",
    example: "{ name: my-awesome-company-users }",
    description: "How people sign in, through a new connection or an existing one",
  },
);

function ownOrExisting({ name, existing }: Fields): Findings {
  const wants = "either name (a connection that the stack creates) or existing (one that it only links)";
  if (name !== undefined && existing !== undefined) {
    const got = `both name ${JSON.stringify(name)} and existing ${JSON.stringify(existing)}`;
    return { path: [], got, wants, example: `{ existing: ${existing} }` };
  }
  if (name !== undefined || existing !== undefined) return undefined;
  return { path: [], got: "neither name nor existing", wants, example: "{ name: my-awesome-company-users }" };
}

function stillFree({ name, existing }: Fields): Findings {
  if (name !== PRE_MADE || existing !== undefined) return undefined;
  return {
    path: ["name"],
    wants: "a name that is still free: every tenant starts with this one, so it cannot be created",
    example: "my-awesome-company-users",
    next: `to use the one that is there, write existing: ${PRE_MADE} in place of name`,
  };
}

/** An existing connection is never changed or deleted, so what would change it is a misunderstanding. */
function onlyOwn({ name, existing, ...options }: Fields): Findings {
  if (name !== undefined || existing === undefined) return undefined;
  const { passwordPolicy, passwordHistory, passwordDictionary, passwordNoPersonalInfo } = options;
  const deleteWithStack = options.deleteWithStack === true || undefined;
  const own = {
    ...{ passwordPolicy, passwordHistory, passwordDictionary, passwordNoPersonalInfo },
    deleteWithStack,
  };
  const given = Object.entries(own).filter(([, value]) => value !== undefined);
  return given.map(([option]) => ({
    path: [option],
    wants: `nothing here together with existing: the stack links ${existing} and never changes or deletes it`,
    example: `{ existing: ${existing} }`,
    next: "remove this line",
  }));
}

/** Of its own connection the stack closes the door itself. */
function onlyExisting({ existing, openToAnyone }: Fields): Findings {
  if (existing !== undefined || openToAnyone !== true) return undefined;
  return {
    path: ["openToAnyone"],
    wants:
      "nothing here for a connection that the stack creates: nobody can sign up there unless isSignupEnabled",
    example: "isSignupEnabled: true",
    next: "remove this line; if anyone is to sign up, set isSignupEnabled",
  };
}

function onlyEnterprise({ existing, showAsButton }: Fields): Findings {
  if (existing !== undefined || showAsButton === undefined) return undefined;
  return {
    path: ["showAsButton"],
    wants: "nothing here for a connection that the stack creates: only enterprise connections have a button",
    example: "{ name: my-awesome-company-users }",
    next: "remove this line",
  };
}

/** Auth0: "Only database connections with assign_membership_on_login = true support is_signup_enabled = true." */
function signUp({ isSignupEnabled, assignMembershipOnLogin }: Fields): Findings {
  if (isSignupEnabled !== true || assignMembershipOnLogin !== false) return undefined;
  return {
    path: ["isSignupEnabled"],
    got: "true, with assignMembershipOnLogin false",
    wants: "false, or assignMembershipOnLogin true: who signs up becomes a member by logging in",
    example: "assignMembershipOnLogin: true",
  };
}

export type ConnectionConfig = ReturnType<typeof connectionOf>;

/** A database connection that the stack creates, or one that exists and stays as it is. */
export function connectionOf(parsed: z.output<typeof connection>) {
  const { name = "", existing, assignMembershipOnLogin, isSignupEnabled, openToAnyone, ...rest } = parsed;
  const { showAsButton, passwordPolicy = "good", deleteWithStack, ...rules } = rest;
  const use = { assignMembershipOnLogin, isSignupEnabled, showAsButton };
  if (existing !== undefined) return { kind: "existing", name: existing, openToAnyone, ...use } as const;
  const { passwordHistory = 5, passwordDictionary = true, passwordNoPersonalInfo = true } = rules;
  const passwords = { passwordPolicy, passwordHistory, passwordDictionary, passwordNoPersonalInfo };
  return { kind: "own", name, ...passwords, deleteWithStack, ...use } as const;
}

/** A connection that was found in the tenant. */
export interface FoundConnection {
  readonly id: string;
  readonly strategy: string;
  /** Whether strangers can make themselves an account there, as far as the credentials may see. */
  readonly door: "open" | "closed" | "not shown";
}

/** What the organization is declared with; a connection that exists has to be found first. */
export function connectionArgs(config: ConnectionConfig, found: FoundConnection | undefined) {
  const { assignMembershipOnLogin, isSignupEnabled, showAsButton } = config;
  if (config.kind === "own") {
    const { name, deleteWithStack, passwordPolicy, passwordHistory } = config;
    const { passwordDictionary, passwordNoPersonalInfo } = config;
    return {
      ...{ isSignupEnabled, showAsButton, assignMembershipOnLogin: assignMembershipOnLogin ?? true },
      ...{ passwordPolicy, passwordHistory, passwordDictionary, passwordNoPersonalInfo },
      newConnectionName: name,
      deleteConnectionWithStack: deleteWithStack,
    };
  }
  if (found === undefined) throw new Error(`connection ${config.name} was not looked up`);
  const meant = isSignupEnabled || config.openToAnyone || found.door === "closed";
  return {
    showAsButton,
    assignMembershipOnLogin: assignMembershipOnLogin ?? meant,
    // Only a database takes sign-up at all.
    isSignupEnabled: found.strategy === DATABASE ? isSignupEnabled : undefined,
    connectionId: found.id,
  };
}
