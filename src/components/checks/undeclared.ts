import { nearest } from "./nearest.ts";

/** The words of a permission that the API does not declare. */
export function undeclaredWords(permission: string, declared: readonly string[]) {
  const meant = nearest(permission, declared);
  const known = declared.length === 0 ? " (it declares none)" : `: ${declared.join(", ")}`;
  return {
    wants: `a permission that ai-api-access:api declares${known}`,
    example: meant ?? declared[0] ?? "ai:read",
    next: meant && `did you mean ${meant}?`,
  };
}
