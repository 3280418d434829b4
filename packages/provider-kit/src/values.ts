/**
 * Property values as a provider sees them.
 *
 * The engine's wire format marks secrets and not-yet-known values with reserved strings inside ordinary JSON.
 * Here they are types of their own, so that neither can be mistaken for data.
 */

const KIND = Symbol("kind");
const SEALED = Symbol("sealed");

/** A value that is not known yet: in a preview, the output of a resource that does not exist. */
export interface Unknown {
  readonly [KIND]: "unknown";
}
/** The one unknown value. */
export const UNKNOWN: Unknown = Object.freeze({ [KIND]: "unknown" as const });

/** A value that the engine encrypts in the state and masks on the screen. Only for what a provider returns. */
export interface Secret {
  readonly [SEALED]: Value;
}

/** What a provider is given: secrets are already unwrapped. */
export type Plain = null | boolean | number | string | Unknown | readonly Plain[] | PlainProperties;
/** A bag of properties as a provider is given it, keyed by property name. */
export interface PlainProperties {
  readonly [name: string]: Plain;
}

/** What a provider may return: the same, with secrets where it wants them. */
export type Value = Plain | Secret | readonly Value[] | Properties;
/** A bag of properties as a provider returns it; keys that are `undefined` are left out. */
export interface Properties {
  readonly [name: string]: Value | undefined;
}

/** Marks a value as secret. */
export function secret(value: Value): Secret {
  return isSecret(value) ? value : Object.freeze({ [SEALED]: value });
}

export function isUnknown(value: unknown): value is Unknown {
  return typeof value === "object" && value !== null && KIND in value;
}

export function isSecret(value: unknown): value is Secret {
  return typeof value === "object" && value !== null && SEALED in value;
}

/** What a secret holds. */
export function revealed(value: Secret): Value {
  return value[SEALED];
}

/** Whether the value is a nested bag of properties (not a list, not null, not unknown, not a secret). */
export function isProperties(value: Plain | undefined): value is PlainProperties;
export function isProperties(value: Value | undefined): value is Properties;
export function isProperties(value: Value | undefined): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !isUnknown(value) &&
    !isSecret(value)
  );
}

/** Whether the value is a list. (`Array.isArray` does not narrow read-only arrays.) */
export function isList(value: Plain | undefined): value is readonly Plain[] {
  return Array.isArray(value);
}

/** Whether an unknown value is the value itself or lies anywhere inside it. */
export function containsUnknown(value: Plain | undefined): boolean {
  if (isUnknown(value)) return true;
  if (isList(value)) return value.some(containsUnknown);
  return isProperties(value) && Object.values(value).some(containsUnknown);
}
