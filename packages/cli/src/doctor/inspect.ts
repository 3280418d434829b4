/** What the stack declares and calls, and what of it is in the tenants. */
import {
  auth0Types,
  findExisting,
  parseUrn,
  resourceTypes,
  type Existing,
  type Readers,
} from "@ai-api-access/resource-catalog";
import { TenantError } from "@ai-api-access/tenant-clients";
import { logicalName, type Organization } from "../shared/organization.ts";
import { answer } from "../shared/program/answer.ts";
import type { Registration } from "../shared/program/monitor.ts";
import { unknownValue, walk, type CheckedStack } from "../shared/program/walk.ts";

/** A name that the configuration gives and the tenant does not have, in the program's own words. */
interface Problem {
  readonly what: string;
  readonly found: string;
  readonly next: string;
}

export interface Inspection {
  readonly registrations: readonly Registration[];
  /** Functions of the providers that the program calls. */
  readonly functions: ReadonlySet<string>;
  /** How often. */
  readonly calls: number;
  readonly problems: readonly Problem[];
  /** By type and name: what the tenants have of what is not in the state. */
  readonly existing: ReadonlyMap<string, readonly Existing[]>;
  /** Why something could not be read, each reason once. */
  readonly unread: readonly string[];
}

export const keyOf = ({ type, name }: { readonly type: string; readonly name: string }): string =>
  `${type} ${name}`;

/** The id of the organization: in the state, or in the tenants already. */
export function idOf(
  { registrations, existing }: Inspection,
  organization: Organization,
  state: ReadonlyMap<string, string | undefined>,
): string | undefined {
  const { token } = auth0Types.organization;
  const name = logicalName(organization, "organization");
  const declared = registrations.find((one) => one.type === token && one.name === name);
  return declared && (state.get(declared.urn) ?? existing.get(keyOf(declared))?.[0]?.id);
}

/**
 * Runs the program against the tenants. Where a tenant is not there to be asked, or may not be read, its part of the
 * answers is made up, so that the rest is known all the same.
 */
export async function inspect(
  stack: CheckedStack,
  tenants: Partial<Readers>,
  state: ReadonlyMap<string, string | undefined>,
): Promise<Inspection> {
  const functions = new Set<string>();
  const existing = new Map<string, readonly Existing[]>();
  const unread = new Set<string>();
  const calls = new Set<string>();
  const ids = new Map([...state].map(([urn, id]) => [keyOf(parseUrn(urn)), id]));
  const readers: Readers = {
    auth0: tenants.auth0 ?? nobody("Auth0"),
    okta: tenants.okta ?? nobody("Okta"),
  };

  const isBaseUnknown = stack.config.baseStack !== undefined && stack.outputsOf === undefined;
  if (isBaseUnknown) unread.add("the outputs of baseStack cannot be read without the Pulumi CLI");
  const unknownBase = () => Promise.resolve(UNKNOWN_BASE);

  const run = (strict: boolean) =>
    walk(stack, {
      async call(token, inputs) {
        functions.add(token);
        calls.add(`${token} ${JSON.stringify(inputs)}`);
        try {
          return await answer(token, inputs, readers);
        } catch (error) {
          const reason = refusalIn(error);
          if (reason !== undefined) unread.add(reason);
          else if (strict && !(isBaseUnknown && OF_THE_BASE.has(token))) throw error;
          return madeUp(JSON.stringify(inputs));
        }
      },
      async idOf(type, name, inputs) {
        const id = ids.get(keyOf({ type, name }));
        if (id !== undefined) return id;
        const known = resourceTypes.get(type);
        if (known === undefined) return undefined;
        try {
          existing.set(keyOf({ type, name }), await findExisting(known, inputs, readers));
        } catch (error) {
          if (!(error instanceof TenantError)) throw error;
          unread.add(error.message);
        }
        // What is there but not in the state is not the stack's: what belongs to it would be created.
        return undefined;
      },
      outputsOf: strict && !isBaseUnknown ? stack.outputsOf : unknownBase,
    });

  const first = await attempt(() => run(true));
  const problems = "problems" in first ? first.problems : [];
  const last = "problems" in first ? await attempt(() => run(false)) : first;
  return {
    registrations: "registrations" in last ? last.registrations : [],
    functions,
    calls: calls.size,
    problems,
    existing,
    unread: [...unread],
  };
}

/** What is asked for by what the base stack says. */
const OF_THE_BASE = new Set([
  "auth0:index/getResourceServer:getResourceServer",
  "auth0:index/getRole:getRole",
]);
/** Of a base stack that is not there, so much that the rest is known. */
const UNKNOWN_BASE = { auth0Audience: unknownValue("auth0Audience"), roleIds: {} };

/** Answers that fit all functions that the program calls. */
function madeUp(of: string): Record<string, unknown> {
  const connection = { strategy: "auth0", options: [{ disableSignup: true }] };
  const api = { scopes: [], allowOfflineAccess: false, proofOfPossessions: [] };
  // The component of the people wants the form of a user id.
  const userId = unknownValue(`|${of.replaceAll(/\s/g, "").slice(0, 200)}`);
  const person = { userId, emailVerified: true };
  return { id: unknownValue(of), ...person, domain: unknownValue(of), ...connection, ...api };
}

type Attempt =
  { readonly registrations: readonly Registration[] } | { readonly problems: readonly Problem[] };

async function attempt(run: () => Promise<readonly Registration[]>): Promise<Attempt> {
  try {
    return { registrations: await run() };
  } catch (error) {
    if (error instanceof Error && "problems" in error && Array.isArray(error.problems)) {
      return { problems: error.problems };
    }
    throw error;
  }
}

/** Why a tenant could not be asked at all; `undefined` when it was, and said that there is nothing. */
function refusalIn(error: unknown): string | undefined {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof TenantError ? cause.message : undefined;
}

function nobody(name: string) {
  return (): Promise<unknown> => Promise.reject(new TenantError("settings", `${name} could not be asked`));
}
