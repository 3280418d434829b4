import { z } from "zod";
import { and, eq } from "@ai-api-access/emulator-core/where.ts";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import { alreadyExists, notFound, notPermitted, validationFailed } from "../errors.ts";
import { newId } from "../ids.ts";
import { link } from "../links.ts";
import { wholeReply } from "../paging.ts";
import { findServer, serverParams, serverPath, serverRef } from "./find.ts";
import type { ClaimRecord, ServerRecord } from "./record.ts";

const claimBody = z.object({
  name: z.string().min(1),
  status: z.enum(["ACTIVE", "INACTIVE"]).nullish(),
  claimType: z.enum(["RESOURCE", "IDENTITY"]),
  valueType: z.enum(["EXPRESSION", "GROUPS", "SYSTEM"]),
  value: z.string().nullish(),
  conditions: z.object({ scopes: z.array(z.string()).nullish() }).nullish(),
  alwaysIncludeInToken: z.boolean().nullish(),
  group_filter_type: z.enum(["STARTS_WITH", "EQUALS", "CONTAINS", "REGEX"]).nullish(),
});

type ClaimBody = z.output<typeof claimBody>;

/** A claim as Okta answers it. */
export function renderClaim(origin: string, server: ServerRecord, claim: ClaimRecord) {
  const { id, name, status, claimType, valueType, value, system, alwaysIncludeInToken, groupFilterType } =
    claim;
  const self = `${serverPath(serverRef(server))}/claims/${id}`;
  return {
    id,
    name,
    status,
    claimType,
    valueType,
    ...(value === undefined ? {} : { value }),
    conditions: { scopes: claim.scopes },
    system,
    alwaysIncludeInToken,
    apiResourceId: null,
    ...(groupFilterType === undefined ? {} : { group_filter_type: groupFilterType }),
    _links: { self: link(origin, self, "GET", "PUT", "DELETE") },
  };
}

function withBody(claim: Pick<ClaimRecord, "id" | "serverId" | "system">, body: ClaimBody): ClaimRecord {
  if (body.valueType !== "SYSTEM" && (body.value ?? "") === "") {
    throw validationFailed("value", "value: The field cannot be left blank");
  }
  if (body.valueType === "GROUPS" && (body.group_filter_type ?? null) === null) {
    throw validationFailed("group_filter_type", "group_filter_type: The field cannot be left blank");
  }
  return {
    id: claim.id,
    serverId: claim.serverId,
    system: claim.system,
    name: body.name,
    status: body.status ?? "ACTIVE",
    claimType: body.claimType,
    valueType: body.valueType,
    ...(body.valueType === "SYSTEM" ? {} : { value: body.value ?? "" }),
    scopes: body.conditions?.scopes ?? [],
    // Okta docs: always true for claims of access tokens.
    alwaysIncludeInToken: body.claimType === "RESOURCE" || (body.alwaysIncludeInToken ?? false),
    ...(body.valueType === "GROUPS" && body.group_filter_type
      ? { groupFilterType: body.group_filter_type }
      : {}),
  };
}

function requireSound({ data }: OktaContext, claim: ClaimRecord): void {
  const sameName = data.claims.find(and(eq("serverId", claim.serverId), eq("name", claim.name)));
  if (sameName.some(({ id, claimType }) => id !== claim.id && claimType === claim.claimType))
    throw alreadyExists("name");
  const unknown = claim.scopes.filter(
    (name) => data.scopes.first(and(eq("serverId", claim.serverId), eq("name", name))) === undefined,
  );
  if (unknown.length > 0) {
    throw validationFailed(
      "conditions.scopes",
      `conditions.scopes: not a scope of this authorization server: ${unknown.join(", ")}`,
    );
  }
}

function findClaim({ data }: OktaContext, server: ServerRecord, id: string): ClaimRecord {
  const found = data.claims.get(id);
  if (found?.serverId !== server.id) throw notFound(id, "OAuth2Claim");
  return found;
}

/** What cannot be changed in a claim of the system: everything but whether and when it is in a token. */
function requireSameSystemClaim(before: ClaimRecord, after: ClaimRecord): void {
  const fixed = ["name", "claimType", "valueType"] as const;
  const moved = fixed.find((field) => before[field] !== after[field]);
  if (before.system && moved !== undefined) {
    throw validationFailed(moved, `${moved}: cannot be changed in a claim of the system`);
  }
}

const all = "/api/v1/authorizationServers/:authServerId/claims";
const one = `${all}/:claimId`;
const read = { access: ["okta.authorizationServers.read"], success: 200 } as const;
const manage = { access: ["okta.authorizationServers.manage"] } as const;
const claimParams = serverParams.extend({ claimId: z.string() });

/** Claims of authorization servers (Okta docs, "Authorization Servers API", "Claims"). */
export const claimRoutes = [
  route({
    ...manage,
    method: "POST",
    path: all,
    operation: "createOAuth2Claim",
    success: 201,
    params: serverParams,
    body: claimBody,
    handler: ({ params, body, call }, context) => {
      const server = findServer(context, params.authServerId);
      const claim = withBody({ id: newId("claim"), serverId: server.id, system: false }, body);
      requireSound(context, claim);
      return renderClaim(call.origin, server, context.data.claims.insert(claim));
    },
  }),
  route({
    ...read,
    method: "GET",
    path: all,
    operation: "listOAuth2Claims",
    params: serverParams,
    handler: ({ params, call }, context) => {
      const server = findServer(context, params.authServerId);
      const found = context.data.claims.find(eq("serverId", server.id));
      return wholeReply(
        call,
        found.map((claim) => renderClaim(call.origin, server, claim)),
      );
    },
  }),
  route({
    ...read,
    method: "GET",
    path: one,
    operation: "getOAuth2Claim",
    params: claimParams,
    handler: ({ params, call }, context) => {
      const server = findServer(context, params.authServerId);
      return renderClaim(call.origin, server, findClaim(context, server, params.claimId));
    },
  }),
  route({
    ...manage,
    method: "PUT",
    path: one,
    operation: "replaceOAuth2Claim",
    success: 200,
    params: claimParams,
    body: claimBody,
    handler: ({ params, body, call }, context) => {
      const server = findServer(context, params.authServerId);
      const before = findClaim(context, server, params.claimId);
      const claim = withBody(before, body);
      requireSameSystemClaim(before, claim);
      requireSound(context, claim);
      return renderClaim(call.origin, server, context.data.claims.put(claim));
    },
  }),
  route({
    ...manage,
    method: "DELETE",
    path: one,
    operation: "deleteOAuth2Claim",
    success: 204,
    params: claimParams,
    handler: ({ params }, context) => {
      const server = findServer(context, params.authServerId);
      const claim = findClaim(context, server, params.claimId);
      if (claim.system) throw notPermitted("A claim of the system cannot be deleted.");
      context.data.claims.delete(claim.id);
    },
  }),
];
