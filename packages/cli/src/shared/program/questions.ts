/** The functions that the program calls, answered by the tenant as the auth0 provider answers them. */
import { z } from "zod";
import type { TenantReaders } from "@ai-api-access/local/recovery/clients.ts";
import type { Inputs } from "./walk.ts";

type Answer = (inputs: Inputs, tenants: TenantReaders) => Promise<Record<string, unknown>>;

const text = (inputs: Inputs, key: string): string => encodeURIComponent(String(inputs[key]));

const users = z.array(z.object({ user_id: z.string() }));
const roles = z.array(z.object({ id: z.string(), name: z.string() }));
const connections = z.array(z.object({ id: z.string(), name: z.string(), strategy: z.string() }));
const tenant = z.object({ friendly_name: z.string().optional() });

/** By token. */
const answers: Readonly<Partial<Record<string, Answer>>> = {
  "auth0:index/getUser:getUser": async (inputs, { auth0 }) => {
    const found = users.parse((await auth0(`/users?search_engine=v3&q=${text(inputs, "query")}`)) ?? []);
    if (found.length > 1) throw told("Further improve the query to retrieve a single user from the query");
    return { userId: one(found, "No users found").user_id };
  },
  "auth0:index/getRole:getRole": async (inputs, { auth0 }) => {
    const found = roles.parse((await auth0(`/roles?per_page=100&name_filter=${text(inputs, "name")}`)) ?? []);
    return { ...one(byName(found, inputs), "No role found") };
  },
  "auth0:index/getConnection:getConnection": async (inputs, { auth0 }) => {
    const found = connections.parse((await auth0(`/connections?name=${text(inputs, "name")}`)) ?? []);
    return { ...one(byName(found, inputs), "No connection found") };
  },
  "auth0:index/getTenant:getTenant": async (_inputs, { auth0 }) => {
    tenant.parse(await auth0("/tenants/settings"));
    return { domain: "" };
  },
};

function byName<T extends { readonly name: string }>(found: readonly T[], { name }: Inputs): readonly T[] {
  return found.filter((item) => item.name === name);
}

function one<T>(found: readonly T[], otherwise: string): T {
  const [first] = found;
  if (first === undefined) throw told(otherwise);
  return first;
}

/** An error as the engine hands on a provider's: the SDK takes the text from `details`. */
function told(message: string, cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), { details: message });
}

/** Answers one question of the program. */
export async function answer(
  token: string,
  inputs: Inputs,
  tenants: TenantReaders,
): Promise<Record<string, unknown>> {
  const known = answers[token];
  if (known === undefined) throw new Error(`The program calls ${token}, which this command cannot answer.`);
  try {
    return await known(inputs, tenants);
  } catch (error) {
    if (error instanceof Error) throw "details" in error ? error : told(error.message, error);
    throw told(String(error));
  }
}
