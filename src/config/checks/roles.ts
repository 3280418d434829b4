import { isRoleId } from "../role-id.ts";
import { nearest } from "../nearest.ts";
import type { ConfigSource } from "../source.ts";
import { tenantDomain } from "../stack-config.ts";
import type { View } from "../view.ts";
import { type Finding, finding, repeated } from "./finding.ts";

/** The API and its permissions. */
export function apiFindings({ api }: View, source: ConfigSource): Finding[] {
  const findings = repeated((api?.permissions ?? []).map((permission) => permission?.name)).map(
    ({ index, first, text }) =>
      finding(["api", "permissions", index, "name"], {
        got: text,
        wants: `each permission once (this one is permissions[${String(first)}] already)`,
        example: "ai:write",
      }),
  );
  const domain = tenantDomain(source);
  if (domain !== undefined && api?.identifier === `https://${domain}/api/v2/`) {
    findings.push(
      finding(["api", "identifier"], {
        got: api.identifier,
        wants: "an identifier of your own: this one is the tenant's Management API",
        example: "https://ai.example.com",
      }),
    );
  }
  return findings;
}

/** Roles: each name once, each permission declared and given once. */
export function roleFindings({ roles = [], api }: View): Finding[] {
  const names = api?.permissions?.flatMap((permission) => permission?.name ?? []);
  const declared = names && [...new Set(names)];
  const twice = repeated(roles.map((role) => role?.name)).map(({ index, first, text }) =>
    finding(["roles", index, "name"], {
      got: text,
      wants: `each role once (this one is roles[${String(first)}] already)`,
      example: "ai-editor",
    }),
  );
  const lookLikeIds = roles.flatMap((role, index) => {
    if (role?.name === undefined || !isRoleId(role.name)) return [];
    return finding(["roles", index, "name"], {
      got: role.name,
      wants:
        "a name: this is the id of a role that exists, and the roles here are the ones that the stack creates",
      example: "ai-reader",
      next: "name an existing role by its id in ai-api-access:members[].roles only",
    });
  });
  const permissions = roles.flatMap((role, index) =>
    permissionFindings(role?.permissions ?? [], index, declared),
  );
  return [...lookLikeIds, ...twice, ...permissions];
}

function permissionFindings(
  permissions: readonly (string | undefined)[],
  role: number,
  declared: readonly string[] | undefined,
): Finding[] {
  const path = (index: number) => ["roles", role, "permissions", index];
  const twice = repeated(permissions).map(({ index, text }) =>
    finding(path(index), {
      got: text,
      wants: "each permission of a role once",
      example: `[${[...new Set(permissions)].join(", ")}]`,
      next: "remove one of the two",
    }),
  );
  if (!declared) return twice;
  const undeclared = permissions.flatMap((permission, index) => {
    if (permission === undefined || declared.includes(permission)) return [];
    const meant = nearest(permission, declared);
    return finding(path(index), {
      got: permission,
      wants:
        declared.length === 0
          ? "a permission that ai-api-access:api declares (it declares none)"
          : `a permission that ai-api-access:api declares: ${declared.join(", ")}`,
      example: meant ?? declared[0] ?? "ai:read",
      next: meant === undefined ? undefined : `did you mean ${meant}?`,
    });
  });
  return [...undeclared, ...twice];
}
