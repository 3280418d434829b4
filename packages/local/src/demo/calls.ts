/** The table of the demo: who calls the API with what, what should happen, and what happened. */
import { z } from "zod";
import { PEOPLE } from "@ai-api-access/emulator-auth0/people.ts";
import { PEOPLE as OKTA_PEOPLE } from "@ai-api-access/emulator-okta/people.ts";
import type { StackConfig } from "../program.ts";
import { askForLessonOf, call, type Operation, type RunningApi } from "./api.ts";
import {
  joinsByLogin,
  membershipOf,
  openToOkta,
  REFUSED_AT_LOGIN,
  whyNobody,
  type Organization,
} from "./expected.ts";
import { NoToken } from "./machines.ts";
import { LoginRefused } from "./people.ts";

/** One line of the table. */
export interface Call {
  readonly caller: string;
  readonly does: string;
  /** A status, and the error of the challenge where there is one: `403 insufficient_scope`. */
  readonly expected: string;
  happens(): Promise<string>;
}

/** Where the tokens of the table come from. */
interface Tokens {
  /** Of the Okta service app, by client credentials, if the stack has one. */
  readonly machine:
    | {
        /** @throws NoToken */
        token(...scopes: string[]): Promise<string>;
        /** One that was issued so long ago that it has run out. */
        expired(): Promise<string>;
      }
    | undefined;
  /** Of somebody who signs in to an organization, the stack's own by default. @throws LoginRefused */
  person(email: string, organization?: string): Promise<string>;
  /** Of somebody who signs in at the Okta org, through this connection. @throws LoginRefused */
  atOkta(connection: string, email: string): Promise<string>;
  /** Of somebody who signs in to the stack's own, bound to a key of the application. @throws LoginRefused */
  bound(email: string): Promise<string>;
  /** Of somebody who signs in to another application of the tenant. @throws LoginRefused */
  anotherApplication(email: string): Promise<string>;
  /** Of somebody unknown, who has made an account through another application of the tenant. @throws LoginRefused */
  stranger(): Promise<string>;
}

type Machine = NonNullable<Tokens["machine"]>;

export interface CallsOptions {
  readonly api: RunningApi;
  readonly tokens: Tokens;
  readonly config: StackConfig;
  /** The organization that people sign in to. */
  readonly organization: Organization;
  /** Ids of the stack's organizations by name. */
  readonly ids: Readonly<Record<string, string>>;
  /** Id of an organization that is not the stack's, of which the first person is a member. */
  readonly anotherOrganization: string;
}

const [ada, grace, alan] = PEOPLE;
const [katherine] = OKTA_PEOPLE;
const NEEDS: Readonly<Record<Operation, string>> = { read: "ai:read", write: "ai:write" };
const DONE: Readonly<Record<Operation, string>> = { read: "200", write: "201" };
const TOO_LITTLE = "403 insufficient_scope";
const WRONG_TOKEN = "401 invalid_token";

/** The table, with what the configuration makes of it. */
export function calls(options: CallsOptions): Call[] {
  const { api, tokens, config, organization, anotherOrganization } = options;
  const asks = (operation: Operation, token: () => Promise<string | undefined>) => async () => {
    try {
      const { status, error } = await call(api, operation, await token());
      return error === undefined ? String(status) : `${status} ${error}`;
    } catch (error) {
      if (error instanceof LoginRefused) return `refused at login: ${error.error}`;
      if (error instanceof NoToken) return `no token: ${error.message}`;
      throw error;
    }
  };
  const expectedOf = (operation: Operation, permissions: ReadonlySet<string>): string =>
    permissions.has(NEEDS[operation]) ? DONE[operation] : TOO_LITTLE;

  const scopes = new Set(config.serviceApp?.scopes.map(({ name }) => name));
  const machine = (app: Machine, does: string, operation: Operation, ...asked: string[]): Call => ({
    caller: "Okta service app",
    does,
    expected: asked.every((scope) => scopes.has(scope))
      ? expectedOf(operation, new Set(asked))
      : "no token: invalid_scope",
    happens: asks(operation, () => app.token(...asked)),
  });
  const withMachine = (rows: (app: Machine) => Call[]): Call[] =>
    tokens.machine === undefined ? [] : rows(tokens.machine);
  const person = (who: (typeof PEOPLE)[number] | undefined, operation: Operation): Call[] => {
    if (who === undefined) return [];
    const { role, getsIn, permissions } = membershipOf(organization, config.roles, who);
    return [
      {
        caller: `${who.given_name}, ${role}`,
        does: getsIn ? `signs in and ${operation}s` : "signs in",
        expected: getsIn ? expectedOf(operation, permissions) : REFUSED_AT_LOGIN,
        happens: asks(operation, () => tokens.person(who.email)),
      },
    ];
  };
  const adas = ada && membershipOf(organization, config.roles, ada);
  const people: Call[] = [
    ...person(ada, "write"),
    ...person(grace, "read"),
    ...person(grace, "write"),
    ...person(alan, "read"),
    {
      caller: "a thief of Ada's token",
      does: "reads with it, without the key that it is bound to",
      expected: adas?.getsIn === true ? WRONG_TOKEN : REFUSED_AT_LOGIN,
      happens: asks("read", () => tokens.bound(ada?.email ?? "")),
    },
    {
      caller: "another application",
      does: "asks for a token of Ada's for the API",
      expected: config.api?.accessPolicy === "allow_all" ? DONE.read : "refused at login: invalid_request",
      happens: asks("read", () => tokens.anotherApplication(ada?.email ?? "")),
    },
    {
      caller: "a stranger who signed up elsewhere",
      does: "signs in",
      expected: joinsByLogin(organization) ? TOO_LITTLE : REFUSED_AT_LOGIN,
      happens: asks("read", () => tokens.stranger()),
    },
    {
      caller: "Ada, in another organization",
      does: "reads with that organization's token",
      expected: WRONG_TOKEN,
      happens: asks("read", () => tokens.person(ada?.email ?? "", anotherOrganization)),
    },
  ];

  return [
    {
      caller: "nobody",
      does: "reads without a token",
      expected: "401",
      happens: asks("read", () => Promise.resolve(undefined)),
    },
    ...withMachine((app) => [
      machine(app, "reads with ai:read", "read", "ai:read"),
      machine(app, "writes with ai:read alone", "write", "ai:read"),
      machine(app, "writes with ai:read and ai:write", "write", "ai:read", "ai:write"),
    ]),
    ...openToOkta(organization).map(({ name, assignMembershipOnLogin }) => ({
      caller: `${katherine?.firstName ?? ""}, of the Okta org`,
      does: "signs in at Okta and reads",
      expected: assignMembershipOnLogin === true ? TOO_LITTLE : REFUSED_AT_LOGIN,
      happens: asks("read", () => tokens.atOkta(name, katherine?.email ?? "")),
    })),
    ...(whyNobody(organization) === undefined ? [...people, ...acrossCustomers(options)] : []),
    ...withMachine((app) => [
      {
        caller: "Okta service app",
        does: "reads with an expired token",
        expected: WRONG_TOKEN,
        happens: asks("read", () => app.expired()),
      },
      {
        caller: "a forger",
        does: "reads with scopes written into a token",
        expected: WRONG_TOKEN,
        happens: asks("read", async () => forged(await app.token("ai:read"))),
      },
    ]),
  ];
}

/** Somebody of this customer asks for what somebody of another customer taught: to them it is not there. */
function acrossCustomers({ api, tokens, config, organization, ids }: CallsOptions): Call[] {
  const may = (one: Organization, permission: string) =>
    PEOPLE.find((who) => membershipOf(one, config.roles, who).permissions.has(permission));
  const reader = may(organization, NEEDS.read);
  const others = config.organizations.filter((one) => one !== organization && whyNobody(one) === undefined);
  const other = others.find((one) => may(one, NEEDS.write) !== undefined);
  const teacher = other && may(other, NEEDS.write);
  if (reader === undefined || other === undefined || teacher === undefined) return [];
  return [
    {
      caller: `${reader.given_name} of ${organization.name}`,
      does: `asks for a lesson of ${other.name}`,
      expected: "404",
      async happens() {
        const taught = await tokens.person(teacher.email, ids[other.name]);
        return String(await askForLessonOf(api, taught, await tokens.person(reader.email)));
      },
    },
  ];
}

/** Says that the bearer may do more, without the key that could sign it. */
function forged(token: string): string {
  const [header = "", payload = "", signature = ""] = token.split(".");
  const claims = z.looseObject({}).parse(JSON.parse(Buffer.from(payload, "base64url").toString()));
  const more = { ...claims, scp: ["ai:read", "ai:write"] };
  return [header, Buffer.from(JSON.stringify(more)).toString("base64url"), signature].join(".");
}
