import { NAMESPACE } from "../schema/index.ts";
import type { Mistake } from "../mistakes.ts";
import type { ConfigSource } from "../source.ts";

function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

/**
 * Hides every text of a secret key wherever a message quotes it: a rule that joins two keys may name the value of
 * one in the message about the other. Very short texts stay: they are words of the rules themselves.
 */
export function redaction(
  { values, secretKeys }: ConfigSource,
  parsed: Readonly<Record<string, unknown>>,
): (mistake: Mistake) => Mistake {
  const texts = secretKeys
    .flatMap((key) =>
      key.startsWith(`${NAMESPACE}:`)
        ? textsOf(parsed[key.slice(NAMESPACE.length + 1)])
        : textsOf(values[key]),
    )
    .filter((text) => text.length >= 4);
  const hide = (text: string) =>
    texts.reduce((hidden, secret) => hidden.replaceAll(secret, "[secret]"), text);
  return (mistake) => ({
    ...mistake,
    got: hide(mistake.got),
    wants: hide(mistake.wants),
    example: hide(mistake.example),
    ...(mistake.next !== undefined && { next: hide(mistake.next) }),
  });
}
