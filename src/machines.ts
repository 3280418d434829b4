import type * as pulumi from "@pulumi/pulumi";
import { OrganizationMachine } from "./components/auth0/organization-machine.ts";
import type { MachineConfig } from "./config/machines.ts";
import type { StackConfig } from "./config/index.ts";
import type { DeclaredOrganization } from "./organization.ts";

/** The machines of all organizations, by name; one that exists may act for several. */
export function declareMachines(
  config: StackConfig,
  organizations: readonly DeclaredOrganization[],
  audience: pulumi.Input<string>,
): ReadonlyMap<string, OrganizationMachine> {
  const machines = new Map<string, { machine: MachineConfig; actsFor: DeclaredOrganization[] }>();
  for (const [index, { machines: list }] of config.organizations.entries()) {
    const organization = organizations[index];
    if (organization === undefined) continue;
    for (const machine of list) {
      const actsFor = [...(machines.get(machine.name)?.actsFor ?? []), organization];
      machines.set(machine.name, { machine, actsFor });
    }
  }
  return new Map(
    [...machines].map(([name, { machine, actsFor }]) => {
      const { existing, publicKeys, permissions } = machine;
      const args = { clientId: existing, applicationName: existing === undefined ? name : undefined };
      return [
        name,
        new OrganizationMachine(`machine.${name}`, {
          ...{ ...args, audience, organizations: actsFor },
          ...{ publicKeys: publicKeys && [...publicKeys], permissions: [...permissions] },
        }),
      ];
    }),
  );
}
