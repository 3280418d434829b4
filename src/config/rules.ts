/** Rules that join keys which know nothing of each other. */
import type { Finding, Findings } from "../components/checks/field.ts";
import { undeclaredWords } from "../components/checks/undeclared.ts";

interface Parts {
  readonly organization?: unknown;
  readonly organizationsFolder?: unknown;
  readonly baseStack?: unknown;
  readonly api?: unknown;
  readonly loginApp?: unknown;
  readonly serviceApp?: unknown;
  readonly roles?: readonly unknown[];
}

/** One organization, or many. */
export function oneOrMany({ organization, organizationsFolder }: Parts): Findings {
  if ((organization === undefined) !== (organizationsFolder === undefined)) return undefined;
  const words = {
    wants: "one organization here, or many in ai-api-access:organizationsFolder",
    example:
      "{ name: my-awesome-company, displayName: My Awesome Company, connections: [{ database: my-awesome-company-users }] }",
  };
  if (organization === undefined) return { path: ["organization"], ...words };
  return {
    path: ["organizationsFolder"],
    wants: "either organization or organizationsFolder",
    example: "organizations",
    next: "move the organization into a file of the folder, with wasOrganization: true, and remove the key organization",
  };
}

/** What the base stack has is not declared again. */
export function ofTheBase({ baseStack, ...parts }: Parts): Findings {
  if (baseStack === undefined) {
    if (parts.api !== undefined) return undefined;
    return {
      path: ["api"],
      wants: "an object with identifier, name and permissions, or with existing",
      example: "{ identifier: https://ai.example.com, name: AI API, permissions: [{ name: ai:read }] }",
    };
  }
  const { api, loginApp, serviceApp, roles = [] } = parts;
  const given = Object.entries({ api, loginApp, serviceApp, roles: roles.length > 0 || undefined });
  return given
    .filter(([, value]) => value !== undefined)
    .map(([name]): Finding => ({
      path: [name],
      wants: "nothing here together with ai-api-access:baseStack, which has it",
      example: "ai-api-access:baseStack: my-org/ai-api-access/base",
      next: "remove this key, or baseStack",
    }));
}

interface Organization {
  readonly thirdPartyClientAccess?: string | undefined;
  readonly members?: readonly ({ readonly invite?: boolean | undefined } | undefined)[] | undefined;
  readonly connections?: readonly (GivenConnection | undefined)[] | undefined;
  readonly machines?:
    | readonly ({ readonly permissions?: readonly (string | undefined)[] | undefined } | undefined)[]
    | undefined;
}

interface Organizations {
  readonly organization?: Organization | undefined;
  readonly organizationsFolder?: Readonly<Record<string, Organization | undefined>> | undefined;
}

interface Connections extends Organizations {
  readonly connectionSecrets?: Readonly<Record<string, unknown>> | undefined;
}

interface GivenConnection {
  readonly oidc?: string | undefined;
  readonly google?: string | undefined;
  readonly github?: string | undefined;
  readonly name?: string | undefined;
}

/** Each client has its secret, and each secret its connection. */
export function secretsOfConnections(config: Connections): Findings {
  const { connectionSecrets = {} } = config;
  const given = allOf(config).flatMap(({ path, organization: { connections = [] } }) =>
    connections.map((one, index) => ({
      path: [...path, "connections", index],
      needs: one?.oidc ?? one?.google ?? one?.github,
      name: one?.name,
    })),
  );
  const takers = given.flatMap(({ needs, name }) => needs ?? name ?? []);
  const missing = given.flatMap(({ path, needs }) =>
    needs === undefined || Object.hasOwn(connectionSecrets, needs)
      ? []
      : {
          path,
          got: `no client secret of ${needs}`,
          wants: `ai-api-access:connectionSecrets.${needs}`,
          example: `ai-api-access:connectionSecrets: { ${needs}: { secure: AAABANF0… } }`,
          next: `pulumi config set --secret --path 'ai-api-access:connectionSecrets.${needs}'`,
        },
  );
  const unused = Object.keys(connectionSecrets)
    .filter((name) => !takers.includes(name))
    .map((name) => ({
      path: ["connectionSecrets", name],
      got: "a secret of a connection that the configuration does not have",
      wants: takers.length === 0 ? "no secret" : `one of ${takers.join(", ")}`,
      example: takers[0] ?? "(nothing)",
      next: `pulumi config rm --path 'ai-api-access:connectionSecrets.${name}'`,
    }));
  return [...missing, ...unused];
}

interface Logins extends Organizations {
  readonly baseStack?: unknown;
  readonly loginApp?:
    { readonly existing?: string | undefined; readonly initiateLoginUri?: string | undefined } | undefined;
}

/**
 * An invitation leads to where the login application begins a login (Auth0 docs, "Configure Default Login Routes"). What
 * an application that exists has, and the tenant's own default, only the tenant knows.
 */
export function invitationsLead(config: Logins): Findings {
  const { organization, organizationsFolder = {}, baseStack, loginApp } = config;
  const invites = [organization, ...Object.values(organizationsFolder)].some((one) =>
    one?.members?.some((member) => member?.invite === true),
  );
  if (!invites || baseStack !== undefined || loginApp?.existing !== undefined) return undefined;
  if (loginApp === undefined) {
    return {
      path: ["loginApp"],
      wants: "the application that people who are invited log in to",
      example: "{ existing: 3kq2xTQ0Yv8ZcB1mR5sJwD7nLp9GfHaE }",
      next: "declare it, name one that exists, or remove invite: true",
    };
  }
  if (loginApp.initiateLoginUri !== undefined) return undefined;
  return {
    path: ["loginApp", "initiateLoginUri"],
    wants: "an https URL at which the application begins a login: invitations lead there",
    example: "https://console.example.com/login",
    next: "set it (the tenant's default login route serves only an application named as loginApp.existing), or remove invite: true",
  };
}

/** Every organization of the configuration, with where it stands. */
function allOf({ organization, organizationsFolder = {} }: Organizations) {
  return [
    { path: ["organization"], organization: organization ?? {} },
    ...Object.entries(organizationsFolder).map(([file, one]) => ({
      path: ["organizationsFolder", file],
      organization: one ?? {},
    })),
  ];
}

interface Machines extends Organizations {
  readonly api?:
    | { readonly permissions?: readonly ({ readonly name?: string | undefined } | undefined)[] | undefined }
    | undefined;
}

/** A machine is given permissions that the API declares; of an API that exists nothing is known before the lookup. */
export function permissionsOfMachines(config: Machines): Findings {
  const declared = config.api?.permissions?.flatMap((one) => one?.name ?? []);
  if (declared === undefined) return undefined;
  return allOf(config).flatMap(({ path, organization: { machines = [] } }) =>
    machines.flatMap((machine, index) =>
      (machine?.permissions ?? []).flatMap((permission, place) =>
        permission === undefined || declared.includes(permission)
          ? []
          : {
              path: [...path, "machines", index, "permissions", place],
              ...undeclaredWords(permission, declared),
            },
      ),
    ),
  );
}

interface Clients extends Machines {
  readonly clients?:
    | readonly ({ readonly permissions?: readonly (string | undefined)[] | undefined } | undefined)[]
    | undefined;
}

/** An application of a third party is given permissions that the API declares, too. */
export function permissionsOfClients({ api, clients = [] }: Clients): Findings {
  const declared = api?.permissions?.flatMap((one) => one?.name ?? []);
  if (declared === undefined) return undefined;
  return clients.flatMap((client, index) =>
    (client?.permissions ?? []).flatMap((permission, place) =>
      permission === undefined || declared.includes(permission)
        ? []
        : { path: ["clients", index, "permissions", place], ...undeclaredWords(permission, declared) },
    ),
  );
}

/** Auth0 docs, "Enable Third-Party Application Access for an Organization": unless one allows it, nobody gets in. */
export function organizationForClients(config: Clients): Findings {
  const { clients = [] } = config;
  const allows = allOf(config).some(({ organization }) => organization.thirdPartyClientAccess === "allow");
  if (clients.length === 0 || allows) return undefined;
  const isMany = config.organizationsFolder !== undefined;
  return {
    path: ["clients"],
    got: `${clients.length === 1 ? "an application" : "applications"} that no organization lets in`,
    wants: `an organization with thirdPartyClientAccess: allow${isMany ? ", in its file" : ""}`,
    example: "thirdPartyClientAccess: allow",
    next: isMany
      ? "set it in the file of each organization whose people may use them"
      : "pulumi config set --path ai-api-access:organization.thirdPartyClientAccess allow",
  };
}
