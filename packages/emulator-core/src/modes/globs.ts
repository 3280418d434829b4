/**
 * Whether a path fits a pattern. `*` stands for any text inside a segment, `**` for any text at all, and a `/**`
 * at the end also for nothing: `/api/v2/roles/**` fits `/api/v2/roles`. Paths are compared as they were sent,
 * escapes (`auth0%7C…`) included and without their query.
 */
export function pathGlob(pattern: string): (path: string) => boolean {
  const source = pattern.split(/(\/\*\*$|\*\*|\*)/).map((part) => {
    if (part === "/**") return "(?:/.*)?";
    if (part === "**") return ".*";
    if (part === "*") return "[^/]*";
    return part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  });
  const expression = new RegExp(`^${source.join("")}$`);
  return (path) => expression.test(path);
}

/** A request target without its query. */
export function pathOf(url: string): string {
  return url.split("?", 1)[0] ?? url;
}

/** The query of a request target. */
export function queryOf(url: string): URLSearchParams {
  return new URLSearchParams(url.slice(pathOf(url).length + 1));
}
