import { z } from "zod";
import { Reply } from "@ai-api-access/emulator-core/routes.ts";
import { eq, like, or } from "@ai-api-access/emulator-core/where.ts";
import type { Where } from "@ai-api-access/emulator-core/where.ts";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import { notPermitted, validationFailed } from "../errors.ts";
import { newId } from "../ids.ts";
import { link } from "../links.ts";
import { paged, pageReply } from "../paging.ts";
import { addServer } from "./born-with.ts";
import { findServer, issuerOf, serverParams, serverPath, serverRef } from "./find.ts";
import { newKid, signingSince } from "./keys.ts";
import type { ServerRecord } from "./record.ts";

/** Okta docs: exactly one audience; one with a colon must be a URI. */
const audience = z
  .string()
  .min(1)
  .refine((value) => !value.includes(":") || URL.canParse(value), "must be a valid URI when it contains ':'");

const serverBody = z.object({
  name: z.string().min(1),
  description: z.string().nullish(),
  audiences: z.tuple([audience], "must hold exactly one audience"),
  issuerMode: z
    .enum(["ORG_URL", "CUSTOM_URL", "DYNAMIC"])
    .refine((mode) => mode !== "CUSTOM_URL", "'CUSTOM_URL' needs a custom domain, and this org has none")
    .nullish(),
  credentials: z
    .object({ signing: z.object({ rotationMode: z.enum(["AUTO", "MANUAL"]).nullish() }).nullish() })
    .nullish(),
});

/** An authorization server as Okta answers it. */
export function renderServer(origin: string, server: ServerRecord) {
  const path = serverPath(serverRef(server));
  const issuer = issuerOf(origin, server);
  const { id, name, description, audiences, issuerMode, status, created, lastUpdated, signing } = server;
  const turn = status === "ACTIVE" ? "deactivate" : "activate";
  const metadata = ["oauth-authorization-server", "openid-configuration"].map((document) => ({
    name: document,
    ...link(issuer, `/.well-known/${document}`, "GET"),
  }));
  return {
    id,
    name,
    description,
    audiences,
    issuer,
    issuerMode,
    status,
    created,
    lastUpdated,
    credentials: { signing },
    default: server.default,
    _links: {
      rotateKey: link(origin, `${path}/credentials/lifecycle/keyRotate`, "POST"),
      metadata,
      keys: link(origin, `${path}/credentials/keys`, "GET"),
      claims: link(origin, `${path}/claims`, "GET", "POST"),
      policies: link(origin, `${path}/policies`, "GET", "POST"),
      self: link(origin, path, "GET", "DELETE", "PUT"),
      scopes: link(origin, `${path}/scopes`, "GET", "POST"),
      [turn]: link(origin, `${path}/lifecycle/${turn}`, "POST"),
    },
  };
}

function changed(server: ServerRecord, body: z.output<typeof serverBody>, now: string): ServerRecord {
  const { signing } = server;
  const rotationMode = body.credentials?.signing?.rotationMode ?? signing.rotationMode;
  return {
    ...server,
    name: body.name,
    description: body.description ?? null,
    audiences: body.audiences,
    issuerMode: body.issuerMode ?? server.issuerMode,
    signing:
      rotationMode === signing.rotationMode
        ? signing
        : signingSince(signing.kid, rotationMode, signing.lastRotated),
    lastUpdated: now,
  };
}

function remove({ data }: OktaContext, { id }: ServerRecord): void {
  for (const policy of data.policies.find(eq("serverId", id)))
    data.rules.deleteWhere(eq("policyId", policy.id));
  data.policies.deleteWhere(eq("serverId", id));
  data.scopes.deleteWhere(eq("serverId", id));
  data.claims.deleteWhere(eq("serverId", id));
  data.signingKeys.deleteWhere(eq("ownerId", id));
  data.authorizationServers.delete(id);
}

/** Okta docs, "List all authorization servers": `q` finds names and audiences; here, by how they begin. */
function startingWith(q: string): Where<"name" | "audience" | "default" | "key"> {
  return or(like("name", `${q}*`), like("audience", `${q}*`));
}

const read = { access: ["okta.authorizationServers.read"], params: serverParams } as const;
const manage = { access: ["okta.authorizationServers.manage"], params: serverParams } as const;
const one = "/api/v1/authorizationServers/:authServerId";

const lifecycleRoutes = (["activate", "deactivate"] as const).map((turn) =>
  route({
    ...manage,
    method: "POST",
    path: `${one}/lifecycle/${turn}`,
    operation: `${turn}AuthorizationServer`,
    success: 204,
    handler: ({ params }, context) => {
      const server = findServer(context, params.authServerId);
      const status = turn === "activate" ? "ACTIVE" : "INACTIVE";
      context.data.authorizationServers.put({ ...server, status, lastUpdated: context.now() });
    },
  }),
);

/** Authorization servers themselves (Okta docs, "Authorization Servers API"). */
export const serverRoutes = [
  route({
    method: "POST",
    path: "/api/v1/authorizationServers",
    operation: "createAuthorizationServer",
    access: manage.access,
    success: 201,
    body: serverBody,
    handler: ({ body, call }, context) => {
      const now = context.now();
      const server = addServer(context, {
        id: newId("authorizationServer"),
        name: body.name,
        description: body.description ?? null,
        audiences: body.audiences,
        issuerMode: body.issuerMode ?? "ORG_URL",
        status: "ACTIVE",
        created: now,
        lastUpdated: now,
        default: false,
        // Seen in Okta's answers: a new server rotates by itself, also where MANUAL was asked for; a PUT changes it.
        signing: signingSince(newKid(), "AUTO", now),
      });
      return renderServer(call.origin, server);
    },
  }),
  route({
    method: "GET",
    path: "/api/v1/authorizationServers",
    operation: "listAuthorizationServers",
    access: read.access,
    success: 200,
    query: z.object({ q: z.string().optional(), ...paged(200) }),
    handler: ({ query, call }, { data }) => {
      const where = query.q === undefined ? undefined : startingWith(query.q);
      return pageReply(data.authorizationServers, where, query, call, (server) =>
        renderServer(call.origin, server),
      );
    },
  }),
  route({
    ...read,
    method: "GET",
    path: one,
    operation: "getAuthorizationServer",
    success: 200,
    handler: ({ params, call }, context) =>
      renderServer(call.origin, findServer(context, params.authServerId)),
  }),
  route({
    ...manage,
    method: "PUT",
    path: one,
    operation: "replaceAuthorizationServer",
    success: 200,
    body: serverBody,
    handler: ({ params, body, call }, context) => {
      const server = findServer(context, params.authServerId);
      if (server.default && body.name !== server.name) {
        throw validationFailed("name", "name: the default authorization server cannot be renamed");
      }
      const now = changed(server, body, context.now());
      context.data.authorizationServers.put(now);
      // Seen in Okta's answers: the reply to a PUT still has the time of the update before.
      return renderServer(call.origin, { ...now, lastUpdated: server.lastUpdated });
    },
  }),
  ...lifecycleRoutes,
  route({
    ...manage,
    method: "DELETE",
    path: one,
    operation: "deleteAuthorizationServer",
    success: 204,
    handler: ({ params }, context) => {
      const server = findServer(context, params.authServerId);
      if (server.default) throw notPermitted("The default authorization server cannot be deleted.");
      remove(context, server);
      return new Reply(204);
    },
  }),
];
