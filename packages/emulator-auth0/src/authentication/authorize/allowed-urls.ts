import type { Organization } from "../../collections.ts";

const PLACEHOLDER = "{organization_name}";

/**
 * Whether a URL is one of an application's own: as it is written, or with what a placeholder in the subdomain
 * furthest from the root stands for, `*` for anything and `{organization_name}` for the organization that somebody
 * signs in to (Auth0 docs: subdomain URL placeholders).
 */
export function isAllowedUrl(allowed: readonly string[], url: string, organization?: Organization): boolean {
  return allowed.some((pattern) => pattern === url || fitsPlaceholder(pattern, url, organization));
}

function fitsPlaceholder(pattern: string, url: string, organization: Organization | undefined): boolean {
  const [, scheme = "", first = "", rest = ""] =
    /^(https?:\/\/)([^./]+)(\.[^./]+\.[^./].*)$/.exec(pattern) ?? [];
  if (first === PLACEHOLDER) return organization !== undefined && url === scheme + organization.name + rest;
  const [before = "", after, ...more] = first.split("*");
  if (after === undefined || more.length > 0 || rest.includes("*")) return false;
  const [start, end] = [scheme + before, after + rest];
  const middle = url.slice(start.length, url.length - end.length);
  return url.startsWith(start) && url.endsWith(end) && /^[A-Za-z0-9-]+$/.test(middle);
}
