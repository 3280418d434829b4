/** The API as Auth0 knows it. Management API, POST /api/v2/resource-servers. */
import { z } from "zod";
import { field, joined, repeated, type Findings, type Readable } from "./field.ts";
import { flag, isWebUrl, KEPT, oneOf, pattern, text, wholeNumber } from "./kinds.ts";
import { undeclaredWords } from "./undeclared.ts";

// A blank inside would split one permission into two: scopes travel separated by blanks (RFC 6749, 3.3).
export const permissionName = pattern(/^\S{1,280}$/, {
  wants: "1 to 280 characters without blanks",
  example: "ai:read",
  description: "As it stands in tokens; each once",
});

const permission = field(
  z.strictObject({
    name: permissionName,
    description: text(500, {
      example: "Ask the AI",
      description: "What it allows",
      leftOut: "none",
    }).optional(),
  }),
  { wants: "an object with name and description", example: "{ name: ai:read, description: Ask the AI }" },
);

export const permissions = joined(z.array(permission).min(1).max(1000), (list) =>
  repeated(list.map((one) => one?.name)).map(({ index, first }) => ({
    path: [index, "name"],
    wants: `each permission once (this one is permissions[${String(first)}] already)`,
    example: "ai:write",
  })),
);

const possession = z.strictObject({
  mechanism: oneOf(["dpop", "none"], {
    example: "dpop",
    description: "Whether tokens are bound to a key of the application that asks with a proof of it",
  }),
  requiredFor: oneOf(["all_clients", "public_clients"], {
    example: "public_clients",
    description: "Which applications get no token without a proof; with `mechanism: dpop` only",
    leftOut: "none: an application gets a bound token where it sends a proof",
  }).optional(),
});

/** Auth0 docs: Configure Sender Constraining. */
const proofOfPossession = field(joined(possession, requiredOfNothing), {
  wants: "an object with mechanism and, if need be, requiredFor",
  example: "{ mechanism: dpop, requiredFor: public_clients }",
  description: "Tokens that are of no use to a thief (DPoP, RFC 9449)",
  leftOut: KEPT,
});

function requiredOfNothing(given: Readable<z.output<typeof possession>>): Findings {
  if (given.mechanism !== "none" || given.requiredFor === undefined) return undefined;
  return {
    path: ["requiredFor"],
    wants: "nothing here with mechanism none",
    example: "mechanism: dpop",
    next: "remove this line, or set mechanism: dpop",
  };
}

export const apiFields = {
  identifier: pattern(/^\S{1,600}$/, {
    wants:
      "1 to 600 characters without blanks, usually a URL; it becomes the audience and can never be changed in place",
    example: "https://ai.example.com",
    description: "`aud` of people's tokens; a change replaces the API",
    leftOut: "`existing` has to be there",
  }),
  name: pattern(/^[^<>]{1,200}$/, {
    wants: "1 to 200 characters without < and >",
    example: "AI API",
    description: "Its name",
    leftOut: "`existing` has to be there",
  }),
  permissions: field(permissions, {
    wants: "a list of 1 to 1000 permissions",
    example: "[{ name: ai:read, description: Ask the AI }]",
    description: "What roles can give",
    leftOut: "`existing` has to be there",
  }),
  tokenLifetimeSeconds: wholeNumber(1, 2_592_000, "seconds", {
    example: "86400",
    description: "How long a token is good; in browsers at most 7200 seconds of it",
  }),
  offlineAccess: flag({
    example: "true",
    description: "`loginApp` may have refresh tokens for it",
  }),
  // Auth0 docs, "API Access Policies for Applications": the policy of user-delegated access.
  accessPolicy: oneOf(["require_client_grant", "allow_all"], {
    example: "require_client_grant",
    description:
      "Which applications of the tenant get people's tokens for it: `loginApp` and others with a client grant, or all of them",
  }),
  proofOfPossession,
  mcp: flag({
    example: "true",
    description:
      "It is an MCP server: `identifier` is the server's URL, and tokens have the standard form (RFC 9068)",
  }),
  thirdPartyPermissions: field(z.array(permissionName).min(1), {
    wants: "a list of at least one of the API's permissions",
    example: "[ai:read]",
    description:
      "What **every** application of a third party in the tenant may ask for on behalf of people, those that register themselves as well",
    leftOut: "only applications with a grant of their own, such as `clients`",
  }),
};

type Fields = Readable<{
  readonly identifier?: string | undefined;
  readonly permissions?: z.output<typeof permissions> | undefined;
  readonly mcp?: boolean | undefined;
  readonly thirdPartyPermissions?: readonly string[] | undefined;
}>;

/**
 * A client asks for a token for the server's URL (RFC 8707), and Auth0 looks for an API of just that identifier. MCP
 * wants no slash at the end, but libraries add one to a URL without a path.
 */
export function serverUrl({ mcp, identifier }: Fields): Findings {
  if (mcp !== true || identifier === undefined) return undefined;
  const url = isWebUrl(identifier) ? new URL(identifier) : undefined;
  const isCanonical = url?.href === identifier && url.search === "" && !identifier.endsWith("/");
  if (isCanonical && url.username + url.password === "") return undefined;
  return {
    path: ["identifier"],
    wants:
      "with mcp: true the URL of the MCP server as clients write it: https (http only for localhost, 127.0.0.1 and " +
      "[::1]), a host in small letters, a path, and no ?, # or slash at the end",
    example: "https://ai.example.com/mcp",
  };
}

export function permissionsOfThirdParties({
  permissions: list,
  thirdPartyPermissions = [],
}: Fields): Findings {
  const declared = list?.flatMap((one) => one?.name ?? []);
  const at = (place: number) => ["thirdPartyPermissions", place];
  const undeclared = thirdPartyPermissions.flatMap((permission, place) =>
    declared === undefined || permission === undefined || declared.includes(permission)
      ? []
      : { path: at(place), ...undeclaredWords(permission, declared) },
  );
  const twice = repeated(thirdPartyPermissions).map(({ index }) => ({
    path: at(index),
    wants: "each permission once",
    example: `[${[...new Set(thirdPartyPermissions)].join(", ")}]`,
    next: "remove one of the two",
  }));
  return [...undeclared, ...twice];
}

/** What an API is declared with. */
export const apiShape = {
  ...{ identifier: apiFields.identifier, name: apiFields.name, permissions },
  tokenLifetimeSeconds: apiFields.tokenLifetimeSeconds.optional(),
  accessPolicy: apiFields.accessPolicy.optional(),
  proofOfPossession: apiFields.proofOfPossession.optional(),
  mcp: apiFields.mcp.optional(),
  thirdPartyPermissions: apiFields.thirdPartyPermissions.optional(),
};
