/** `roles`: the roles that the stack creates. Management API, POST /api/v2/roles. */
import { z } from "zod";
import { apiShape, permissionName, type permissions, permissionsOfThirdParties, serverUrl } from "./api.ts";
import { field, type Findings, joined, type Readable, repeated } from "./field.ts";
import { text } from "./kinds.ts";
import { undeclaredWords } from "./undeclared.ts";

/** Whether a role is written as Auth0's id of it, which needs no lookup. */
export function isRoleId(role: string): boolean {
  return /^rol_[A-Za-z0-9]+$/.test(role);
}

const role = joined(
  z.strictObject({
    name: text(255, {
      example: "ai-reader",
      description:
        "Its name, each once; not an id. Another name is another role: whoever was given the old one by hand loses it",
    }),
    description: text(255, {
      example: "May ask the AI",
      description: "What it is for",
      leftOut: "the name",
    }).optional(),
    permissions: field(z.array(permissionName).min(1), {
      wants: "a list of at least one permission of ai-api-access:api (a role without any gives nothing)",
      example: "[ai:read]",
      description: "Names of `api.permissions`, each once",
    }),
  }),
  ({ name }) => {
    if (name === undefined || !isRoleId(name)) return undefined;
    return {
      path: ["name"],
      wants:
        "a name: this is the id of a role that exists, and the roles here are the ones that the stack creates",
      example: "ai-reader",
      next: "name an existing role by its id in the roles of members only",
    };
  },
);

const list = z.array(
  field(role, {
    wants: "an object with name and permissions",
    example: "{ name: ai-reader, permissions: [ai:read] }",
  }),
);

export const roles = field(
  joined(list, (all) =>
    repeated(all.map((one) => one?.name)).map(({ index, first }) => ({
      path: [index, "name"],
      wants: `each role once (this one is roles[${String(first)}] already)`,
      example: "ai-editor",
    })),
  ),
  {
    wants: "a list of roles",
    example: "[{ name: ai-reader, permissions: [ai:read] }]",
    description: "Roles that the stack creates",
  },
);

export type RoleConfig = z.output<typeof roles>[number];

/** Each permission of a role is declared by the API, and given once. */
export function declaredPermissions(config: {
  readonly roles?: Readable<readonly RoleConfig[]>;
  readonly api?: { readonly permissions?: Readable<z.output<typeof permissions>> | undefined } | undefined;
}): Findings {
  const names = config.api?.permissions?.flatMap((permission) => permission?.name ?? []);
  const declared = names && [...new Set(names)];
  return (config.roles ?? []).flatMap((one, index) => {
    const permissions = one?.permissions ?? [];
    const at = (place: number) => ["roles", index, "permissions", place];
    const twice = repeated(permissions).map((repetition) => ({
      path: at(repetition.index),
      wants: "each permission of a role once",
      example: `[${[...new Set(permissions)].join(", ")}]`,
      next: "remove one of the two",
    }));
    const undeclared = permissions.flatMap((permission, place) =>
      permission === undefined || declared === undefined || declared.includes(permission)
        ? []
        : { path: at(place), ...undeclaredWords(permission, declared) },
    );
    return [...undeclared, ...twice];
  });
}

export const apiAccessInputs = joined(
  z.object({ ...apiShape, roles }),
  serverUrl,
  permissionsOfThirdParties,
  ({ roles: given, permissions }) => declaredPermissions({ roles: given ?? [], api: { permissions } }),
);
