/** A HAL link as Okta writes it. */
export interface Link {
  readonly href: string;
  readonly hints?: { readonly allow: readonly string[] };
}

/** A link below the org's origin; `allow` becomes `hints.allow` and is left out when empty. */
export function link(origin: string, path: string, ...allow: string[]): Link {
  const href = `${origin}${path}`;
  return allow.length === 0 ? { href } : { href, hints: { allow } };
}

/** The link to the lifecycle operation that changes a status. */
export function lifecycleLink(origin: string, path: string, status: "ACTIVE" | "INACTIVE") {
  const turn = status === "ACTIVE" ? "deactivate" : "activate";
  return { [turn]: link(origin, `${path}/lifecycle/${turn}`, "POST") };
}

/** The links of a client's secret or key, which can be deleted once it is deactivated. */
export function credentialLinks(origin: string, path: string, status: "ACTIVE" | "INACTIVE") {
  const gone = status === "ACTIVE" ? {} : { delete: link(origin, path, "DELETE") };
  return { ...lifecycleLink(origin, path, status), ...gone };
}
