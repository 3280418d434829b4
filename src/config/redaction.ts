import type { Mistake } from "./mistakes.ts";
import { type ConfigSource, projectOf } from "./source.ts";
import type { Path } from "./show.ts";

function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

/**
 * Hides every text of a secret key wherever a message quotes it: a rule that joins two keys may name the value of
 * one in the message about the other. Very short texts stay: they are words of the rules themselves.
 */
export function secretFilter(source: ConfigSource, own: Readonly<Record<string, unknown>>) {
  const { values, secretKeys } = source;
  const namespace = `${projectOf(source)}:`;
  const secrets = secretKeys
    .flatMap((key) => textsOf(key.startsWith(namespace) ? own[key.slice(namespace.length)] : values[key]))
    .filter((text) => text.length >= 4);
  const hide = (text: string) =>
    secrets.reduce((hidden, secret) => hidden.replaceAll(secret, "[secret]"), text);
  return (path: Path, { got, wants, example, next, ...rest }: Mistake): Mistake => {
    const isSecret = secretKeys.includes(`${namespace}${String(path[0])}`);
    return {
      ...rest,
      got: isSecret ? "a value that was given as a secret (not shown)" : hide(got),
      wants: hide(wants),
      example: hide(example),
      ...(next !== undefined && { next: hide(next) }),
    };
  };
}
