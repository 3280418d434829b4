import { z } from "zod";
import { compact } from "../../../objects.ts";
import { isLoopback } from "./address.ts";

/** What Auth0 makes of a document, by the names of its own. */
export interface MappedFields {
  readonly external_client_id: string;
  readonly name: string;
  readonly callbacks?: string[] | undefined;
  readonly logo_uri?: string | undefined;
  readonly description?: string | undefined;
  readonly grant_types: string[];
  readonly app_type: string;
  readonly token_endpoint_auth_method: string;
  readonly jwks_uri?: string | undefined;
}

interface Validation {
  readonly valid: boolean;
  readonly violations: readonly string[];
  readonly warnings: readonly string[];
}

/** A document as Auth0 judges it; what it maps to only where nothing is wrong. */
export interface Judged {
  readonly mapped: MappedFields | undefined;
  readonly validation: Validation;
}

const SUPPORTED_GRANTS = ["authorization_code", "refresh_token"];

/** Auth0 docs, "CIMD Validation Rules". */
const fields = {
  client_id: z.string(),
  client_name: z.string().min(1),
  redirect_uris: z.array(z.string()).optional(),
  grant_types: z.array(z.string()),
  application_type: z.enum(["native", "web"]).default("web"),
  token_endpoint_auth_method: z.enum(["none", "private_key_jwt"]).default("none"),
  jwks_uri: z.string().optional(),
  logo_uri: z.url({ protocol: /^https?$/ }).optional(),
  description: z.string().max(140).optional(),
  response_types: z.array(z.string()).optional(),
};
const documentSchema = z.looseObject(fields);
type Document = z.output<typeof documentSchema>;

/** Judges the document that was found at an address. */
export function judge(address: string, found: Readonly<Record<string, unknown>>): Judged {
  const { data, error } = documentSchema.safeParse(found);
  const broken = error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];
  const inline = "jwks" in found ? ["invalid_client_metadata: jwks is not supported, use jwks_uri."] : [];
  const violations = [...inline, ...broken, ...(data ? violationsOf(address, data) : [])];
  const warnings = [...(data ? warningsOf(data) : []), ...unsupported(found)];
  const valid = violations.length === 0;
  return {
    mapped: valid && data ? mappedOf(address, data) : undefined,
    validation: { valid, violations, warnings },
  };
}

function violationsOf(address: string, document: Document): string[] {
  const { client_id: id, redirect_uris: uris = [], grant_types: grants, jwks_uri: keys } = document;
  const withCode = grants.includes("authorization_code") || grants.includes("implicit");
  const isNative = document.application_type === "native";
  const found: [string, boolean][] = [
    ["client_id must be the address of the document.", id !== address],
    ["redirect_uris is required for these grant_types.", withCode && uris.length === 0],
    ["redirect_uris must be unique.", new Set(uris).size < uris.length],
    [
      "redirect_uris must be https URIs, or loopback ones of a native application.",
      !uris.every((uri) => isCallback(uri, isNative)),
    ],
    [
      "grant_types must have authorization_code or refresh_token.",
      !grants.some((grant) => SUPPORTED_GRANTS.includes(grant)),
    ],
    [
      "jwks_uri is required for private_key_jwt, at the origin of the client_id.",
      document.token_endpoint_auth_method === "private_key_jwt" && !isOfOrigin(address, keys),
    ],
  ];
  return found.flatMap(([text, isBroken]) => (isBroken ? [text] : []));
}

function isCallback(uri: string, isNative: boolean): boolean {
  const url = URL.parse(uri);
  if (url === null) return false;
  return url.protocol === "https:" || (isNative && url.protocol === "http:" && isLoopback(url.hostname));
}

function isOfOrigin(address: string, uri: string | undefined): boolean {
  return URL.parse(uri ?? "")?.origin === new URL(address).origin;
}

function warningsOf({ grant_types: grants, response_types: responses = [] }: Document): string[] {
  const others = grants.filter((grant) => !SUPPORTED_GRANTS.includes(grant));
  const codeless = responses.includes("code") && !grants.includes("authorization_code");
  return [
    ...others.map((grant) => `Grant type not supported: '${grant}'`),
    ...(codeless ? ["response_types has code, and grant_types no authorization_code."] : []),
  ];
}

/** In the words of the recording TestAccClientCIMD. */
function unsupported(found: Readonly<Record<string, unknown>>): string[] {
  const names = Object.keys(found).filter((name) => !(name in fields) && name !== "jwks");
  if (names.length === 0) return [];
  return [
    `Ignoring unsupported properties: ${names.join(", ")}. ` +
      "These properties are not validated or mapped to the Auth0 client configuration.",
  ];
}

function mappedOf(address: string, document: Document): MappedFields {
  const { redirect_uris: callbacks, logo_uri, description, jwks_uri } = document;
  const method = document.token_endpoint_auth_method;
  return compact<MappedFields>({
    external_client_id: address,
    name: document.client_name,
    callbacks,
    logo_uri,
    description,
    grant_types: document.grant_types.filter((grant) => SUPPORTED_GRANTS.includes(grant)),
    app_type: document.application_type === "native" ? "native" : "regular_web",
    token_endpoint_auth_method: method,
    jwks_uri: method === "private_key_jwt" ? jwks_uri : undefined,
  });
}
