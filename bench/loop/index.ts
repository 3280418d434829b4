import * as auth0 from "@pulumi/auth0";
import names from "./organizations.json";

// The shortest program that declares many organizations: no components, no checks, one lookup.
const connection = auth0.getConnectionOutput({ name: "Username-Password-Authentication" });

for (const name of names) {
  const organization = new auth0.Organization(name, { name, displayName: name });

  new auth0.OrganizationConnection(
    name,
    { organizationId: organization.id, connectionId: connection.id, assignMembershipOnLogin: false },
    { replaceOnChanges: ["organizationId", "connectionId"] },
  );
}
