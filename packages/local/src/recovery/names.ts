/** `OAuth app` from `urn:pulumi:local::…$okta:app/oAuth:OAuth::app`. */
export function shortName(urn: string): string {
  const [type = "", name = ""] = urn.split("::").slice(-2);
  return `${type.split(":").at(-1) ?? type} ${name}`;
}
