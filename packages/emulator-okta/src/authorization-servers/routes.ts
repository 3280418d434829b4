import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { eq, like, or, without } from "@ai-api-access/emulator-core";
import type { Where } from "@ai-api-access/emulator-core";
import { text } from "../body.ts";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import { notPermitted, validationFailed } from "../errors.ts";
import { newId } from "../ids.ts";
import { lifecycleRoutes } from "../lifecycle.ts";
import { lifecycleLink, link } from "../render.ts";
import { paged, pageReply } from "../paging.ts";
import { addServer } from "./seed.ts";
import { findServer, issuerOf, serverParams, serverPath } from "./find.ts";
import { newKid, signingSince } from "./keys.ts";
import type { ServerRecord } from "./record.ts";

/** Okta docs: exactly one audience; one with a colon must be a URI. */
const audience = z
  .string()
  .min(1)
  .refine((value) => !value.includes(":") || URL.canParse(value), "must be a valid URI when it contains ':'");

const serverBody = z.object({
  name: z.string().min(1),
  description: text,
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
function renderServer(origin: string, server: ServerRecord) {
  const path = serverPath(server);
  const issuer = issuerOf(origin, server);
  const metadata = ["oauth-authorization-server", "openid-configuration"].map((document) => ({
    name: document,
    ...link(issuer, `/.well-known/${document}`, "GET"),
  }));
  return {
    ...without(server, "signing"),
    issuer,
    credentials: { signing: server.signing },
    _links: {
      rotateKey: link(origin, `${path}/credentials/lifecycle/keyRotate`, "POST"),
      metadata,
      keys: link(origin, `${path}/credentials/keys`, "GET"),
      claims: link(origin, `${path}/claims`, "GET", "POST"),
      policies: link(origin, `${path}/policies`, "GET", "POST"),
      self: link(origin, path, "GET", "DELETE", "PUT"),
      scopes: link(origin, `${path}/scopes`, "GET", "POST"),
      ...lifecycleLink(origin, path, server.status),
    },
  };
}

function withBody(server: ServerRecord, body: z.output<typeof serverBody>, now: string): ServerRecord {
  const { name, description, audiences } = body;
  const { kid, rotationMode, lastRotated } = server.signing;
  const mode = body.credentials?.signing?.rotationMode ?? rotationMode;
  const signing = mode === rotationMode ? server.signing : signingSince(kid, mode, lastRotated);
  const issuerMode = body.issuerMode ?? server.issuerMode;
  return { ...server, name, description, audiences, issuerMode, signing, lastUpdated: now };
}

function removeServer({ data }: OktaContext, { id }: ServerRecord): void {
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
        description: body.description,
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
      const replaced = withBody(server, body, context.now());
      // Seen in Okta's answers: a PUT that changes nothing is no update, and the reply to one has the time of the last.
      const isSame = isDeepStrictEqual({ ...replaced, lastUpdated: server.lastUpdated }, server);
      const changed = isSame ? server : context.data.authorizationServers.put(replaced);
      return renderServer(call.origin, { ...changed, lastUpdated: server.lastUpdated });
    },
  }),
  ...lifecycleRoutes({
    ...manage,
    path: one,
    of: "AuthorizationServer",
    success: 204,
    set: (status, { params }, context) => {
      const server = findServer(context, params.authServerId);
      context.data.authorizationServers.put({ ...server, status, lastUpdated: context.now() });
    },
  }),
  route({
    ...manage,
    method: "DELETE",
    path: one,
    operation: "deleteAuthorizationServer",
    success: 204,
    handler: ({ params }, context) => {
      const server = findServer(context, params.authServerId);
      if (server.default) throw notPermitted("The default authorization server cannot be deleted.");
      removeServer(context, server);
    },
  }),
];
