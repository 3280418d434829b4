import type { Inputs } from "./locate.ts";
import type { Planned } from "./planned.ts";

/** Of some types the id to import begins with its parents' (docs/adopt.md has all of them). */
const PARENTS: Readonly<Partial<Record<string, readonly string[]>>> = {
  "okta:auth/serverScope:ServerScope": ["authServerId"],
  "okta:auth/serverPolicy:ServerPolicy": ["authServerId"],
  "okta:auth/serverPolicyRule:ServerPolicyRule": ["authServerId", "policyId"],
};

/** The id that an import wants of something whose id in the state is `id`. */
export function importId(type: string, inputs: Inputs, id: string): string {
  return [...(PARENTS[type] ?? []).map((input) => String(inputs[input])), id].join("/");
}

/** What the program itself protects where its users are somebody's; an import may leave that be. */
const PROTECTED = "auth0:index/connection:Connection";

/** The command that takes something into the state as recovery does: what there is to do on real tenants. */
export function importCommand({ urn, type, inputs, parent }: Planned, id: string): string {
  const name = urn.split("::").at(-1) ?? "";
  return [
    `pulumi import ${type} ${quoted(name)} ${quoted(importId(type, inputs, id))}`,
    ...(parent === undefined ? [] : [`--parent 'parent=${parent}'`]),
    ...(type === PROTECTED ? [] : ["--protect=false"]),
    "--generate-code=false",
  ].join(" ");
}

/** As a shell takes it. */
function quoted(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
