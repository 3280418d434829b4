import { isRecord, recordOr } from "@ai-api-access/emulator-core";
import type { JsonObject } from "@ai-api-access/emulator-core";
import { invalidBody } from "../../errors.ts";

/** Throws 400 for attributes of a database connection's users that do not go together with the other options. */
export function checkAttributes(options: JsonObject): void {
  if (!isRecord(options.attributes)) return;
  if (options.validation !== undefined && options.validation !== null) {
    throw invalidBody("Cannot set both options.attributes and options.validation");
  }
  if (options.requires_username === true) {
    throw invalidBody("Cannot set both options.attributes and options.requires_username");
  }
  const attributes = Object.entries(options.attributes).map(([name, value]) => ({
    name,
    of: recordOr(value),
  }));
  if (!attributes.some(({ of }) => recordOr(of.identifier).active === true)) {
    throw invalidBody("attributes must contain one active identifier");
  }
  const unasked = attributes.find(
    ({ of }) => of.profile_required === true && recordOr(of.signup).status !== "required",
  );
  if (unasked !== undefined) throw invalidBody(`attribute ${unasked.name} must also be required on signup`);
}

/** Whether an email address belongs to one user alone is said when the attribute is added, and never changed. */
export function checkChangedAttributes(options: JsonObject, old: JsonObject): void {
  const email = recordOr(options.attributes).email;
  if (!isRecord(email)) return;
  const before = recordOr(old.attributes).email;
  const unique = email.unique !== false;
  if (!isRecord(before)) {
    if (!unique) throw invalidBody("cannot add non-unique email attribute");
  } else if (unique !== (before.unique !== false)) {
    throw invalidBody("cannot patch unique property on email attribute");
  }
}

/** Options with what the server says of an email attribute when the request does not. */
export function withAttributeDefaults(options: JsonObject): Record<string, unknown> {
  const { attributes } = options;
  if (!isRecord(attributes) || !isRecord(attributes.email)) return options;
  const email = { verification_method: "link", unique: true, ...attributes.email };
  return { ...options, attributes: { ...attributes, email } };
}
