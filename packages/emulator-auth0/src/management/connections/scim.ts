import { z } from "zod";
import { alphanumeric, eq, hex } from "@ai-api-access/emulator-core";
import { route } from "../../context.ts";
import type { Auth0Context } from "../../context.ts";
import { notFound } from "../../errors.ts";
import { compact } from "../../objects.ts";
import { endpoints } from "../access.ts";
import { idParams } from "../formats.ts";
import { findConnection } from "./find.ts";
import type { ConnectionRecord, ScimConfigurationRecord, ScimTokenRecord } from "./record.ts";
import { scimMapping } from "./scim-mapping.ts";

const mapping = z.array(z.strictObject({ scim: z.string(), auth0: z.string() }));
const changeBody = z.strictObject({ user_id_attribute: z.string(), mapping });
const tokenBody = z.strictObject({
  scopes: z.array(z.string()).optional().describe("The scopes of the scim token"),
  token_lifetime: z
    .number()
    .int()
    .min(900)
    .nullish()
    .describe("Lifetime of the token in seconds. Must be greater than 900"),
});

/** The connection with this id, when users can be brought to it by SCIM. Throws 404. */
function findScimConnection(context: Auth0Context, id: string): ConnectionRecord {
  const connection = findConnection(context, id);
  if (scimMapping(connection.strategy) === undefined) {
    throw notFound(
      "This connection type does not support SCIM. Please see our documentation for the currently supported connection types: https://auth0.com/docs/authenticate/protocols/scim/configure-inbound-scim.",
    );
  }
  return connection;
}

function findScimConfiguration(context: Auth0Context, id: string): ScimConfigurationRecord {
  findConnection(context, id);
  const found = context.data.scimConfigurations.get(id);
  if (found === undefined) throw notFound("Not Found");
  return found;
}

function renderScimConfiguration(context: Auth0Context, record: ScimConfigurationRecord) {
  const { name, strategy } = findConnection(context, record.connection_id);
  return {
    tenant_name: "local",
    connection_id: record.connection_id,
    connection_name: name,
    strategy,
    mapping: record.mapping,
    updated_on: record.updated_on,
    created_at: record.created_at,
    user_id_attribute: record.user_id_attribute,
  };
}

function renderScimToken({ token_id, created_at, scopes, valid_until }: ScimTokenRecord) {
  return compact({ token_id, created_at, valid_until, scopes });
}

/** Takes away how a connection takes in users by SCIM, with the tokens for it. */
export function removeScim({ data }: Auth0Context, connectionId: string): void {
  data.scimTokens.deleteWhere(eq("connection_id", connectionId));
  data.scimConfigurations.delete(connectionId);
}

const one = { path: "/api/v2/connections/:id/scim-configuration", params: idParams };
const tokens = { path: `${one.path}/tokens`, params: idParams };
const token = { path: `${tokens.path}/:token_id`, params: idParams.extend({ token_id: z.string() }) };
const { create, get, update, remove } = endpoints("scim_config", one, one);
const ofTokens = endpoints("scim_token", tokens, token);

/** How connections take in users by SCIM (Auth0 docs: configure inbound SCIM). Nothing is taken in here. */
export const scimRoutes = [
  route({
    ...create,
    operation: "post_scim-configuration",
    body: changeBody.partial().optional(),
    handler: ({ params, body }, context) => {
      const { strategy } = findScimConnection(context, params.id);
      const configuration = context.data.scimConfigurations.insert({
        connection_id: params.id,
        mapping: body?.mapping ?? scimMapping(strategy) ?? [],
        user_id_attribute: body?.user_id_attribute ?? "externalId",
        created_at: context.now(),
        updated_on: context.now(),
      });
      return renderScimConfiguration(context, configuration);
    },
  }),
  route({
    ...get,
    operation: "get_scim-configuration",
    handler: ({ params }, context) =>
      renderScimConfiguration(context, findScimConfiguration(context, params.id)),
  }),
  route({
    ...update,
    operation: "patch_scim-configuration",
    body: changeBody,
    handler: ({ params, body }, context) => {
      const changed = { ...findScimConfiguration(context, params.id), ...body, updated_on: context.now() };
      return renderScimConfiguration(context, context.data.scimConfigurations.put(changed));
    },
  }),
  route({
    ...remove,
    operation: "delete_scim-configuration",
    handler: ({ params }, context) => {
      findScimConfiguration(context, params.id);
      removeScim(context, params.id);
    },
  }),
  route({
    ...get,
    path: `${one.path}/default-mapping`,
    operation: "get_default-mapping",
    handler: ({ params }, context) => ({
      mapping: scimMapping(findScimConnection(context, params.id).strategy),
    }),
  }),
  route({
    ...ofTokens.create,
    operation: "post_scim_token",
    body: tokenBody,
    handler: ({ params, body }, context) => {
      findScimConfiguration(context, params.id);
      const lifetime = body.token_lifetime ?? undefined;
      const made = context.data.scimTokens.insert(
        compact({
          token_id: `tok_${alphanumeric(16)}`,
          connection_id: params.id,
          scopes: body.scopes ?? [],
          created_at: context.now(),
          valid_until:
            lifetime === undefined ? undefined : new Date(context.clock() + lifetime * 1000).toISOString(),
        }),
      );
      return { ...renderScimToken(made), token: `${made.token_id}.${hex(64)}` };
    },
  }),
  route({
    ...ofTokens.list,
    operation: "get_scim_tokens",
    handler: ({ params }, context) => {
      findScimConfiguration(context, params.id);
      return context.data.scimTokens.find(eq("connection_id", params.id)).map(renderScimToken);
    },
  }),
  route({
    ...ofTokens.remove,
    operation: "delete_tokens_by_token_id",
    handler: ({ params }, { data }) => {
      const found = data.scimTokens.get(params.token_id);
      if (found?.connection_id !== params.id) throw notFound("Not Found");
      data.scimTokens.delete(found.token_id);
    },
  }),
];
