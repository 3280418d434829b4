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
