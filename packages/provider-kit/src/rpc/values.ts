import struct from "google-protobuf/google/protobuf/struct_pb.js";
import type { JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { isProperties, isSecret, isUnknown, revealed, secret, UNKNOWN } from "../values.ts";
import type { Plain, PlainProperties, Properties, Value } from "../values.ts";

// The reserved strings of the engine's wire format (Pulumi developer docs: "Property values on the wire").
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";
const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A decoded bag of properties and which of its top-level properties held a secret at any depth. */
export interface Decoded {
  readonly properties: PlainProperties;
  readonly secretKeys: ReadonlySet<string>;
}

/** Reads a bag of properties; a missing one (as in an import) reads as empty. */
export function decode(message: Struct | undefined): Decoded {
  const secretKeys = new Set<string>();
  const properties: Record<string, Plain> = {};
  for (const [key, value] of entries(message?.toJavaScript() ?? {})) {
    properties[key] = decodeValue(value, () => secretKeys.add(key));
  }
  return { properties, secretKeys };
}

function entries(value: object): [string, unknown][] {
  return Object.entries(value);
}

function decodeValue(value: unknown, foundSecret: () => void): Plain {
  if (value === UNKNOWN_TEXT) return UNKNOWN;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value !== "object" || value === null) return null;
  if (Array.isArray(value)) return value.map((item) => decodeValue(item, foundSecret));
  const fields = new Map(entries(value));
  switch (fields.get(SIGNATURE)) {
    case SECRET:
      foundSecret();
      return decodeValue(fields.get("value"), foundSecret);
    case OUTPUT:
      if (fields.get("secret") === true) foundSecret();
      return fields.has("value") ? decodeValue(fields.get("value"), foundSecret) : UNKNOWN;
    case RESOURCE:
      return decodeValue(fields.get("id") ?? fields.get("urn"), foundSecret);
    default: {
      const out: Record<string, Plain> = {};
      for (const [key, item] of fields) out[key] = decodeValue(item, foundSecret);
      return out;
    }
  }
}

/** Writes a bag of properties; those in `secretKeys` become secret as a whole. */
export function encode(properties: Properties, secretKeys?: ReadonlySet<string>): Struct {
  const out: Record<string, JavaScriptValue> = {};
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    out[key] = encodeValue(secretKeys?.has(key) ? secret(value) : value);
  }
  return struct.Struct.fromJavaScript(out);
}

function encodeValue(value: Value): JavaScriptValue {
  if (isUnknown(value)) return UNKNOWN_TEXT;
  if (isSecret(value)) return { [SIGNATURE]: SECRET, value: encodeValue(revealed(value)) };
  if (isProperties(value)) {
    const out: Record<string, JavaScriptValue> = {};
    for (const [key, item] of Object.entries(value)) if (item !== undefined) out[key] = encodeValue(item);
    return out;
  }
  if (typeof value !== "object" || value === null) return value;
  return [...value].map(encodeValue);
}
