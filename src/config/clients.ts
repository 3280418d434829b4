/**
 * `clients`: applications of others that act for people, each with a metadata document. Management API, POST
 * /api/v2/clients/cimd/register and /client-grants. Auth0 docs, "Register Applications with CIMD".
 */
import { z } from "zod";
import { permissionName } from "../components/checks/api.ts";
import { field, joined, repeated } from "../components/checks/field.ts";
import { isWebUrl, pattern } from "../components/checks/kinds.ts";

const DOCUMENT = "https://assistant.example.com/client.json";

/** Auth0 docs, "CIMD Validation Rules". A document on this machine is for the local tenants. */
function isDocument(value: string): boolean {
  if (!isWebUrl(value) || value.includes("?") || Buffer.byteLength(value) > 120) return false;
  const { href, pathname, username, password } = new URL(value);
  return href === value && pathname !== "/" && username + password === "";
}

const client = field(
  z.strictObject({
    name: pattern(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, {
      wants: "1 to 64 letters, digits, - and _",
      example: "assistant",
      description: "Names it in the stack; people see the name in its document",
    }),
    document: field(z.string().refine(isDocument), {
      wants:
        "an https URL of at most 120 characters with a path, without ?, # and a user (http only for localhost, 127.0.0.1 and [::1])",
      example: DOCUMENT,
      description:
        "Where its metadata document is, which is also its `client_id`; a change replaces the application",
    }),
    documentVersion: field(z.int().min(1), {
      wants: "a whole number from 1 on, without quotes",
      example: "2",
      description: "A higher one has the document read again",
      leftOut: "it is read at the registration",
    }).optional(),
    permissions: field(z.array(permissionName).min(1), {
      wants: "a list of at least one permission of the API",
      example: "[ai:read]",
      description: "What it may ask for; a token has what of it the person's roles allow",
    }),
  }),
  {
    wants: "an object with name, document and permissions",
    example: `{ name: assistant, document: "${DOCUMENT}", permissions: [ai:read] }`,
  },
);

export const clients = field(
  joined(z.array(client).max(50), (list) => [
    ...(["name", "document"] as const).flatMap((key) =>
      repeated(list.map((one) => one?.[key])).map(({ index, first }) => ({
        path: [index, key],
        wants: `each application once (this one is clients[${String(first)}] already)`,
        example: key === "name" ? "another-assistant" : DOCUMENT,
        next: "keep one of the two entries, with the permissions of both",
      })),
    ),
    ...list.flatMap((one, index) =>
      repeated(one?.permissions ?? []).map((repetition) => ({
        path: [index, "permissions", repetition.index],
        wants: "each permission once",
        example: `[${[...new Set(one?.permissions ?? [])].join(", ")}]`,
        next: "remove one of the two",
      })),
    ),
  ]),
  {
    wants: "a list of at most 50 applications",
    example: `[{ name: assistant, document: "${DOCUMENT}", permissions: [ai:read] }]`,
    description:
      "Applications of others that act for people, such as MCP clients, by their metadata documents",
  },
);

export type ClientConfig = z.output<typeof clients>[number];
