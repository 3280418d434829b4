import { z } from "zod";
import type { Cycle, Cycles, Fact } from "./writer.ts";

/** The people of every new local tenant. */
const members = [1, 2, 3, 4, 5].map((number) => `auth0|64f0000000000000000000a${String(number)}`);

const organizationSchema = z.object({ display_name: z.string(), metadata: z.record(z.string(), z.string()) });

function organization(name: string, shows: z.infer<typeof organizationSchema> | null): Fact {
  return { path: `/organizations/name/${name}`, view: (body) => organizationSchema.parse(body), shows };
}

/** A list of objects as the sorted values of one key. */
function values(path: string, key: string, shows: readonly string[] | null): Fact {
  return {
    path,
    view: (body) =>
      z
        .array(z.record(z.string(), z.unknown()))
        .parse(body)
        .map((item) => String(item[key]))
        .sort(),
    shows,
  };
}

const resourceServerSchema = z.object({ name: z.string(), scopes: z.array(z.object({ value: z.string() })) });

function resourceServer(identifier: string, shows: z.infer<typeof resourceServerSchema> | null): Fact {
  return {
    path: `/resource-servers/${encodeURIComponent(identifier)}`,
    view: (body) => resourceServerSchema.parse(body),
    shows,
  };
}

/** What a writer does at an Auth0 tenant, with APIs of so many permissions: giving them to a role is one write. */
export function auth0Cycles(permissions: number): Cycles {
  const scopes = Array.from({ length: permissions }, (_, index) => `ai:${String(index).padStart(3, "0")}`);
  return (name, keep) => cycle(name, keep, scopes);
}

/** An organization with five members, an API, a role with its permissions, given to a member; all taken away again. */
function* cycle(name: string, keep: boolean, scopes: readonly string[]): Cycle {
  const identifier = `https://${name}.example.com`;
  const [member = ""] = members;
  const firstly = { display_name: `${name} at first`, metadata: { step: "first" } };
  const later = { display_name: `${name} later`, metadata: { step: "later" } };

  const org = yield {
    method: "POST",
    path: "/organizations",
    body: { name, ...firstly },
    becomes: [organization(name, firstly)],
  };
  const ofMembers = `/organizations/${org}/members`;
  yield {
    method: "POST",
    path: ofMembers,
    body: { members },
    becomes: [values(ofMembers, "user_id", members)],
  };
  yield {
    method: "PATCH",
    path: `/organizations/${org}`,
    body: later,
    becomes: [organization(name, later)],
  };
  const api = yield {
    method: "POST",
    path: "/resource-servers",
    body: { name, identifier, scopes: scopes.map((value) => ({ value })) },
    becomes: [resourceServer(identifier, { name, scopes: scopes.map((value) => ({ value })) })],
  };
  const roles = `/roles?name_filter=${name}`;
  const role = yield {
    method: "POST",
    path: "/roles",
    body: { name },
    becomes: [values(roles, "name", [name])],
  };
  const ofRole = `/roles/${role}/permissions`;
  const permissions = (shows: readonly string[] | null) =>
    values(`${ofRole}?per_page=100`, "permission_name", shows);
  yield {
    method: "POST",
    path: ofRole,
    body: {
      permissions: scopes.map((scope) => ({
        resource_server_identifier: identifier,
        permission_name: scope,
      })),
    },
    becomes: [permissions(scopes)],
  };
  const ofMember = `${ofMembers}/${encodeURIComponent(member)}/roles`;
  yield {
    method: "POST",
    path: ofMember,
    body: { roles: [role] },
    becomes: [values(ofMember, "name", [name])],
  };
  if (keep) return;
  yield {
    method: "DELETE",
    path: `/resource-servers/${api}`,
    becomes: [resourceServer(identifier, null), permissions(null)],
  };
  yield {
    method: "DELETE",
    path: `/roles/${role}`,
    becomes: [values(roles, "name", null), values(ofMember, "name", null)],
  };
  yield {
    method: "DELETE",
    path: `/organizations/${org}`,
    becomes: [organization(name, null), values(ofMembers, "user_id", null)],
  };
}
