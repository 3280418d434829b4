/** `api`: the API as Auth0 knows it. */
import { z } from "zod";
import { apiFields, permissionsOfThirdParties, serverUrl } from "../components/checks/api.ts";
import { field, joined, type Findings, type Readable } from "../components/checks/field.ts";
import { pattern } from "../components/checks/kinds.ts";
import { missingFields, notBesideExisting } from "./existing.ts";

const { identifier, name, permissions, tokenLifetimeSeconds, offlineAccess } = apiFields;
const { accessPolicy, proofOfPossession, mcp, thirdPartyPermissions } = apiFields;

const fields = z.strictObject({
  existing: pattern(/^\S{1,600}$/, {
    wants: "the identifier of an API that exists in the tenant",
    example: "https://ai.example.com",
    description: "An API of another stack, which is looked up and stays as it is",
    leftOut: "the stack declares the API",
  }).optional(),
  identifier: identifier.optional(),
  name: name.optional(),
  permissions: permissions.optional(),
  tokenLifetimeSeconds: tokenLifetimeSeconds.default(86_400),
  offlineAccess: offlineAccess.default(false),
  accessPolicy: accessPolicy.default("require_client_grant"),
  proofOfPossession: proofOfPossession.optional(),
  mcp: mcp.default(false),
  thirdPartyPermissions: thirdPartyPermissions.optional(),
});

type Fields = Readable<z.output<typeof fields>>;

export const api = field(joined(fields, ownOrExisting, serverUrl, permissionsOfThirdParties), {
  wants: "an object with identifier, name and permissions, or with existing",
  example: "{ identifier: https://ai.example.com, name: AI API, permissions: [{ name: ai:read }] }",
  description: "The API as Auth0 knows it",
  leftOut: "`baseStack` has to be there",
});

function ownOrExisting(given: Fields): Findings {
  const { existing, ...own } = given;
  if (existing === undefined) return missingFields(fields, own, ["identifier", "name", "permissions"]);
  return notBesideExisting(
    fields,
    own,
    `the stack never changes the API ${existing}`,
    `{ existing: ${existing} }`,
  );
}

type Parsed = z.output<typeof fields>;

/** The API that the stack declares. */
export interface ApiConfig extends Omit<Parsed, "existing" | "identifier" | "name" | "permissions"> {
  readonly identifier: string;
  readonly name: string;
  readonly permissions: z.output<typeof permissions>;
}

/** The API that the stack declares, undefined for one that exists. */
export function apiOf({
  existing,
  identifier = "",
  name = "",
  permissions: list = [],
  ...rest
}: Parsed): ApiConfig | undefined {
  return existing === undefined ? { identifier, name, permissions: list, ...rest } : undefined;
}
