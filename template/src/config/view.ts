import { z } from "zod";

// What can be read of a configuration that may be wrong in other places: whatever does not have the right type is
// undefined here, and everything else keeps its place. The rules that join two values work on this view, so that one
// wrong value does not hide the mistakes around it.

const maybe = <S extends z.ZodType>(schema: S) => schema.optional().catch(undefined);
const text = maybe(z.string());
const flag = maybe(z.boolean());
const listOf = <S extends z.ZodType>(schema: S) => maybe(z.array(maybe(schema)));

const named = z.object({ name: text });

const view = z.object({
  organization: maybe(
    z.object({ branding: maybe(z.object({ primaryColor: text, pageBackgroundColor: text })) }),
  ),
  connection: maybe(
    z.object({
      name: text,
      existing: text,
      passwordPolicy: text,
      assignMembershipOnLogin: flag,
      isSignupEnabled: flag,
      showAsButton: flag,
      deleteWithStack: flag,
    }),
  ),
  loginApp: maybe(
    z.object({
      type: text,
      callbacks: listOf(z.string()),
      logoutUrls: listOf(z.string()),
      organizationUsage: text,
      organizationRequireBehavior: text,
    }),
  ),
  api: maybe(z.object({ identifier: text, permissions: listOf(named) })),
  roles: listOf(z.object({ name: text, permissions: listOf(z.string()) })),
  members: listOf(z.object({ user: text, email: text, roles: listOf(z.string()) })),
  membersFile: text,
  roster: maybe(z.object({})),
  serviceApp: maybe(
    z.object({
      tokenEndpointAuthMethod: text,
      jwks: listOf(z.record(z.string(), z.unknown())),
      jwksUri: text,
      audience: text,
      scopes: listOf(z.object({ name: text, existing: flag })),
      authorizationServer: maybe(z.object({ name: text, description: text, existing: text })),
    }),
  ),
});

/** The readable part of a configuration. */
export type View = z.output<typeof view>;

export function viewOf(values: Readonly<Record<string, unknown>>): View {
  return view.parse(values);
}
