/**
 * `organization.machines`: applications that act for the organization with client credentials. Management API, POST
 * /api/v2/clients, /client-grants and /organizations/{id}/client-grants. Auth0 docs, "Machine-to-Machine Access for
 * Organizations".
 */
import { z } from "zod";
import { missingFields, notBesideExisting } from "./existing.ts";
import { machineFields, permissionsOnce } from "../components/checks/machines.ts";
import { field, type Findings, joined, type Readable, repeated } from "../components/checks/field.ts";
import { pattern } from "../components/checks/kinds.ts";

const fields = z.strictObject({
  existing: pattern(/^[A-Za-z0-9_-]{1,64}$/, {
    wants: "the client id of an application that exists in the tenant",
    example: "3kq2xTQ0Yv8ZcB1mR5sJwD7nLp9GfHaE",
    description: "An application of the tenant; it is given access, and stays as it is",
    leftOut: "the stack declares the application",
  }).optional(),
  name: machineFields.name.optional(),
  publicKeys: machineFields.publicKeys.optional(),
  permissions: machineFields.permissions,
});

type Fields = Readable<z.output<typeof fields>>;

const machine = field(joined(fields, ownOrExisting, permissionsOnce), {
  wants: "an object with name or existing, and permissions",
  example: "{ name: my-awesome-company-agent, permissions: [ai:read] }",
});

export const machines = field(
  joined(z.array(machine).max(50), (list) =>
    repeated(list.map((one) => one?.existing ?? one?.name)).map(({ index, first }) => ({
      path: [index],
      wants: `each application once (this one is machines[${String(first)}] already)`,
      example: "{ name: my-awesome-company-agent, permissions: [ai:read] }",
      next: "keep one of the two entries, with the permissions of both",
    })),
  ),
  {
    wants: "a list of at most 50 applications",
    example: "[{ name: my-awesome-company-agent, permissions: [ai:read] }]",
    description: "Applications of Auth0 that act for the organization, besides the Okta service app",
  },
);

function ownOrExisting(given: Fields): Findings {
  const { existing, ...own } = given;
  if (existing === undefined) return missingFields(fields, own, ["name"]);
  const rest = { ...own, permissions: undefined };
  return notBesideExisting(
    fields,
    rest,
    `the stack never changes the application ${existing}`,
    `{ existing: ${existing}, permissions: [ai:read] }`,
  );
}

export interface MachineConfig {
  /** Names it in the stack: its name, or the client id of one that exists. */
  readonly name: string;
  /** The client id of one that exists. */
  readonly existing: string | undefined;
  readonly publicKeys: readonly string[] | undefined;
  readonly permissions: readonly string[];
}

export function machinesOf(parsed: z.output<typeof machines>): MachineConfig[] {
  return parsed.map(({ existing, name = existing ?? "", publicKeys, permissions }) => ({
    ...{ name, existing, publicKeys, permissions },
  }));
}
