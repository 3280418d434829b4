import type { ResourceType } from "./resource-type.ts";

/** A resource that is to be taken into a state. */
export interface Importable {
  readonly type: ResourceType;
  /** The logical name. */
  readonly name: string;
  readonly importId: string;
  /** URN of the component that it belongs to. */
  readonly parent?: string | undefined;
}

/** The command that imports it. What takes people along when it is deleted stays protected, as an import makes it. */
export function importCommand({ type, name, importId, parent }: Importable): string {
  return [
    `pulumi import ${type.token} ${quoted(name)} ${quoted(importId)}`,
    ...(parent === undefined ? [] : [`--parent 'parent=${parent}'`]),
    ...(type.lostWithIt === undefined ? ["--protect=false"] : []),
    "--generate-code=false",
  ].join(" ");
}

/** As a shell takes it. */
function quoted(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
