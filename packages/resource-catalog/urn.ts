import { kindOf } from "./resource-type.ts";

/** The parts of a URN: `urn:pulumi:dev::ai-api-access::…$auth0:index/role:Role::api-role-ai-reader`. */
export interface Urn {
  readonly stack: string;
  /** The type token, without the types of the parents. */
  readonly type: string;
  /** The logical name. */
  readonly name: string;
}

export function parseUrn(urn: string): Urn {
  const [start = "", , types = "", ...name] = urn.split("::");
  return {
    stack: start.split(":")[2] ?? "",
    type: types.split("$").at(-1) ?? "",
    // A name may have a `::` too.
    name: name.join("::"),
  };
}

/** `Role api-role-ai-reader` */
export function shortName({ type, name }: Pick<Urn, "type" | "name">): string {
  return `${kindOf(type)} ${name}`;
}
