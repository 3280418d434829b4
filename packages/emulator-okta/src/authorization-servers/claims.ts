import { z } from "zod";
import { and, eq, without } from "@ai-api-access/emulator-core";
import { flag, status, strings, withDefault } from "../body.ts";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import { alreadyExists, notFound, notPermitted, validationFailed } from "../errors.ts";
import { newId } from "../ids.ts";
import { wholeReply } from "../paging.ts";
import { link } from "../render.ts";
import { findServer, serverParams, serverPath } from "./find.ts";
import type { ClaimRecord, ServerRecord } from "./record.ts";

const claimParams = serverParams.extend({ claimId: z.string() });

function findClaim(context: OktaContext, params: z.output<typeof claimParams>) {
  const server = findServer(context, params.authServerId);
  const claim = context.data.claims.get(params.claimId);
  if (claim?.serverId !== server.id) throw notFound(params.claimId, "OAuth2Claim");
  return { server, claim };
}

const claimBody = z.object({
  name: z.string().min(1),
  status: withDefault(status, "ACTIVE"),
  claimType: z.enum(["RESOURCE", "IDENTITY"]),
  valueType: z.enum(["EXPRESSION", "GROUPS", "SYSTEM"]),
  value: withDefault(z.string(), ""),
  conditions: withDefault(z.object({ scopes: strings }), { scopes: [] }),
  alwaysIncludeInToken: flag,
  group_filter_type: z.enum(["STARTS_WITH", "EQUALS", "CONTAINS", "REGEX"]).nullish(),
});

type ClaimBody = z.output<typeof claimBody>;

function withBody(claim: Pick<ClaimRecord, "id" | "serverId" | "system">, body: ClaimBody): ClaimRecord {
  const { value, conditions, alwaysIncludeInToken, group_filter_type, ...given } = body;
  if (given.valueType !== "SYSTEM" && value === "") {
    throw validationFailed("value", "value: The field cannot be left blank");
  }
  if (given.valueType === "GROUPS" && !group_filter_type) {
    throw validationFailed("group_filter_type", "group_filter_type: The field cannot be left blank");
  }
  return {
    id: claim.id,
    serverId: claim.serverId,
    system: claim.system,
    ...given,
    ...(given.valueType === "SYSTEM" ? {} : { value }),
    scopes: conditions.scopes,
    // Okta docs: always true for claims of access tokens.
    alwaysIncludeInToken: given.claimType === "RESOURCE" || alwaysIncludeInToken,
    ...(given.valueType === "GROUPS" && group_filter_type ? { groupFilterType: group_filter_type } : {}),
  };
}

function validateClaim({ data }: OktaContext, claim: ClaimRecord, before?: ClaimRecord): void {
  // In a claim of the system, only whether and when it is in a token can be changed.
  const fixed = ["name", "claimType", "valueType"] as const;
  const moved = before?.system === true && fixed.find((field) => before[field] !== claim[field]);
  if (moved) throw validationFailed(moved, `${moved}: cannot be changed in a claim of the system`);
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

/** A claim as Okta answers it. */
function renderClaim(origin: string, server: ServerRecord, claim: ClaimRecord) {
  const { scopes, groupFilterType } = claim;
  const self = link(origin, `${serverPath(server)}/claims/${claim.id}`, "GET", "PUT", "DELETE");
  return {
    ...without(claim, "serverId", "scopes", "groupFilterType"),
    conditions: { scopes },
    apiResourceId: null,
    ...(groupFilterType === undefined ? {} : { group_filter_type: groupFilterType }),
    _links: { self },
  };
}

const all = "/api/v1/authorizationServers/:authServerId/claims";
const one = `${all}/:claimId`;
const read = { access: ["okta.authorizationServers.read"], success: 200 } as const;
const manage = { access: ["okta.authorizationServers.manage"], success: 200 } as const;

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
      validateClaim(context, claim);
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
      return wholeReply(call, found, (claim) => renderClaim(call.origin, server, claim));
    },
  }),
  route({
    ...read,
    method: "GET",
    path: one,
    operation: "getOAuth2Claim",
    params: claimParams,
    handler: ({ params, call }, context) => {
      const { server, claim } = findClaim(context, params);
      return renderClaim(call.origin, server, claim);
    },
  }),
  route({
    ...manage,
    method: "PUT",
    path: one,
    operation: "replaceOAuth2Claim",
    params: claimParams,
    body: claimBody,
    handler: ({ params, body, call }, context) => {
      const { server, claim } = findClaim(context, params);
      const changed = withBody(claim, body);
      validateClaim(context, changed, claim);
      return renderClaim(call.origin, server, context.data.claims.put(changed));
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
      const { claim } = findClaim(context, params);
      if (claim.system) throw notPermitted("A claim of the system cannot be deleted.");
      context.data.claims.delete(claim.id);
    },
  }),
];
