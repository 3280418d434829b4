/** `organizationsFolder`: many organizations, a YAML file each. */
import { z } from "zod";
import { field, type Finding, joined, type Readable } from "../components/checks/field.ts";
import { flag, pattern } from "../components/checks/kinds.ts";
import { fewInConfig, onePlace } from "./members-file.ts";
import { type OrganizationConfig, organizationOf, organizationShape } from "./organization.ts";

const FILE = /^([a-z0-9_-]{1,50})\.ya?ml$/;

/** The organization's name, undefined when the file's name is none. */
function nameOfFile(file: string): string | undefined {
  return FILE.exec(file)?.[1];
}

const fields = z.strictObject({
  ...organizationShape,
  renamedFrom: pattern(/^[a-z0-9_-]{1,50}$/, {
    wants: "the name that the file had before, without its ending",
    example: "acme-inc",
    description: "What the file was called before; the organization is renamed, not replaced",
    leftOut: "it was always called so",
  }).optional(),
  wasOrganization: flag({
    example: "true",
    description: "It stood in `organization` of the stack's own file before; its resources stay as they are",
  }).default(false),
  deleteWithStack: flag({
    example: "true",
    description:
      "The organization may be deleted, **with its members**, when the file is removed or the stack is destroyed",
  }).default(false),
});

const file = field(joined(fields, onePlace, fewInConfig), {
  wants: "an object with displayName and connections",
  example: "{ displayName: My Awesome Company, connections: [{ database: my-awesome-company-users }] }",
});

type Files = Readable<Record<string, z.output<typeof file>>>;

/** By the name of the file, once the folder has been read. */
export const organizationsFolder = field(
  joined(
    z.record(z.string(), file),
    eachNamed,
    formerNames,
    domainsOnce,
    ownConnectionsOnce,
    existingOnes,
    machinesOnce,
    samePermissions,
  ),
  {
    wants: "the path of a folder with a YAML file for each organization, from the folder of Pulumi.yaml",
    example: "organizations",
    description:
      "Many organizations in place of `organization`, a YAML file each; the file's name is the organization's",
    leftOut: "the organization is that of `organization`",
  },
);

function eachNamed(files: Files): Finding[] {
  return Object.keys(files).flatMap((name) =>
    nameOfFile(name) === undefined
      ? [
          {
            path: [name],
            got: "a file whose name is not the name of an organization",
            wants: "1 to 50 lower-case letters, digits, - and _, and .yaml",
            example: "my-awesome-company.yaml",
            next: "rename the file, or move it out of the folder",
          },
        ]
      : [],
  );
}

function formerNames(files: Files): Finding[] {
  const names = Object.keys(files).map(nameOfFile);
  const renamed = Object.entries(files).flatMap(([name, one]) => {
    if (one?.renamedFrom === undefined || !names.includes(one.renamedFrom)) return [];
    return {
      path: [name, "renamedFrom"],
      wants: "a name that no file has any more: the organization of that file would be taken for this one",
      example: "renamedFrom: acme-inc",
      next: "remove this line, or the other file",
    };
  });
  return [
    ...renamed,
    ...repeatedIn(files, ({ renamedFrom }) =>
      renamedFrom === undefined ? [] : [["renamedFrom", renamedFrom]],
    ),
    ...repeatedIn(files, ({ wasOrganization }) =>
      wasOrganization === true ? [["wasOrganization", "true"]] : [],
    ),
  ];
}

/** Auth0 leads a domain to one organization. */
function domainsOnce(files: Files): Finding[] {
  return repeatedIn(files, ({ discoveryDomains = [] }) =>
    discoveryDomains.flatMap((domain, index) =>
      domain === undefined ? [] : [[["discoveryDomains", index], domain] as const],
    ),
  );
}

/** A connection that the stack creates belongs to one organization. */
function ownConnectionsOnce(files: Files): Finding[] {
  return repeatedIn(files, ({ connections = [] }) =>
    connections.flatMap((one, index) => {
      const own = nameOfOwn(one);
      return own === undefined ? [] : [[["connections", index], own] as const];
    }),
  );
}

type Connections = NonNullable<NonNullable<Files[string]>["connections"]>;

/** The name of a connection that the stack creates. */
function nameOfOwn(connection: Connections[number] | undefined): string | undefined {
  const { database, okta, oidc, google, github, name } = connection ?? {};
  return database ?? okta ?? oidc ?? google ?? github ?? name;
}

/** What exists is looked up before anything is created. */
function existingOnes(files: Files): Finding[] {
  const owners = new Map(
    Object.entries(files).flatMap(([file, one]) =>
      (one?.connections ?? []).map((connection) => [nameOfOwn(connection), file] as const),
    ),
  );
  return Object.entries(files).flatMap(([file, one]) =>
    (one?.connections ?? []).flatMap((connection, index): Finding[] => {
      const { existing } = connection ?? {};
      const owner = existing === undefined ? undefined : owners.get(existing);
      if (owner === undefined || owner === file) return [];
      return [
        {
          path: [file, "connections", index, "existing"],
          wants: `a connection that is there without this stack: ${owner} creates this one, for its organization alone`,
          example: "{ database: our-users }",
          next:
            "give this organization a connection of its own; or create the one that several share elsewhere (in the " +
            `base stack, in the Auth0 dashboard), and name it as existing in ${owner}, too`,
        },
      ];
    }),
  );
}

/** An application has one grant for the API, whatever organizations it acts for, and so the same permissions in each. */
function samePermissions(files: Files): Finding[] {
  const first = new Map<string, { file: string; permissions: string }>();
  return Object.entries(files).flatMap(([file, one]) =>
    (one?.machines ?? []).flatMap((machine, index): Finding[] => {
      if (machine?.existing === undefined || machine.permissions === undefined) return [];
      const permissions = [...machine.permissions].sort().join(", ");
      const earlier = first.get(machine.existing) ?? { file, permissions };
      first.set(machine.existing, earlier);
      if (earlier.permissions === permissions) return [];
      return [
        {
          path: [file, "machines", index, "permissions"],
          got: `[${permissions}] of ${machine.existing}`,
          wants: `the permissions that ${earlier.file} gives it: an application has one grant for the API`,
          example: `[${earlier.permissions}]`,
          next: "give it the same in all files, or take another application",
        },
      ];
    }),
  );
}

/** A machine that the stack creates is of one organization; one that exists may act for several. */
function machinesOnce(files: Files): Finding[] {
  return repeatedIn(files, ({ machines = [] }) =>
    machines.flatMap((one, index) =>
      one?.name === undefined ? [] : [[["machines", index], one.name] as const],
    ),
  );
}

type Place = string | readonly PropertyKey[];

/** The places of a value that stands in another file as well. */
function repeatedIn(
  files: Files,
  valuesOf: (file: NonNullable<Files[string]>) => readonly (readonly [Place, string])[],
): Finding[] {
  const first = new Map<string, string>();
  return Object.entries(files).flatMap(([name, one]) =>
    (one === undefined ? [] : valuesOf(one)).flatMap(([place, value]) => {
      const steps = typeof place === "string" ? [place] : place;
      const key = `${String(steps[0])} ${value}`;
      const earlier = first.get(key);
      first.set(key, earlier ?? name);
      if (earlier === undefined || earlier === name) return [];
      return [
        {
          path: [name, ...steps],
          wants: `a value of its own: ${earlier} has the same`,
          example: "another value",
          next: `remove it here, or in ${earlier}`,
        },
      ];
    }),
  );
}

/** @param folder as the configuration names it, for messages */
export function organizationsOf(
  files: z.output<typeof organizationsFolder>,
  folder: string,
): OrganizationConfig[] {
  return Object.entries(files).map(([file, { renamedFrom, wasOrganization, deleteWithStack, ...parsed }]) => {
    const name = nameOfFile(file) ?? "";
    const formerly = wasOrganization ? "" : renamedFrom;
    return organizationOf(name, parsed, `${folder}/${file}`, { name, formerly, deleteWithStack });
  });
}
