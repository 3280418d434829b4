import { crc32 } from "node:zlib";
import { isProperties } from "@ai-api-access/provider-kit";
import type { Plain } from "@ai-api-access/provider-kit";
import type { Property } from "./property.ts";

/**
 * The members of a set in the order in which the official plugins send them. The Auth0 one sends them by value,
 * objects field by field in the order of the fields' names, what is absent last (as `go-cty` iterates sets); the
 * Okta one by the CRC-32 of the text and a semicolon, compared as decimal text (Terraform plugin SDK:
 * `helper/schema`, HashSchema).
 */
export function inSetOrder(of: Property, members: readonly Plain[], order: "value" | "checksum") {
  const keyed = members.map((member) => {
    const key = comparable(of, member);
    return { member, key: order === "value" ? key : String(crc32(`${key};`)) };
  });
  return keyed
    .sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0))
    .map(({ member }) => member);
}

function comparable(of: Property, member: Plain): string {
  if (typeof member === "string") return member;
  if (of.type !== "object" || !isProperties(member)) return JSON.stringify(member);
  return Object.keys(of.fields)
    .sort()
    .map((name) => {
      const value = member[name];
      return value === undefined || value === null ? "~" : JSON.stringify(value);
    })
    .join(";");
}
