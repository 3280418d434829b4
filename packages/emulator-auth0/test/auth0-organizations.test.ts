/** Claim: the official `auth0` SDK manages organizations on the local tenant as it does on the vendor's. */
import { describe, expect, test } from "@jest/globals";
import { ManagementError } from "auth0";
import type { ManagementClient } from "auth0";
import { everyItem, shareSdkTenant } from "@ai-api-access/testing/auth0-sdk.ts";

let client: ManagementClient;
let organization: string;

shareSdkTenant(async (made) => {
  client = made;
  organization = String((await client.organizations.create({ name: "acme", display_name: "Acme" })).id);
});

async function newConnection(name: string): Promise<string> {
  return String((await client.connections.create({ name, strategy: "auth0" })).id);
}

async function newUser(name: string): Promise<string> {
  const { user_id: id } = await client.users.create({
    connection: "Username-Password-Authentication",
    email: `${name}@example.com`,
    password: "Very-long-1",
  });
  return String(id);
}

test("an organization is created, read by id and by name, changed and deleted", async () => {
  const colors = { primary: "#0000FF", page_background: "#FFFFFF" };
  const created = await client.organizations.create({
    name: "short-lived",
    display_name: "Short-lived",
    branding: { logo_url: "https://example.com/logo.png", colors },
    metadata: { tier: "gold" },
  });
  const id = String(created.id);
  expect(await client.organizations.get(id)).toEqual(created);
  expect(await client.organizations.getByName("short-lived")).toEqual(created);
  expect(await client.organizations.update(id, { display_name: "Changed" })).toEqual({
    ...created,
    display_name: "Changed",
  });
  await client.organizations.delete(id);
  await expect(client.organizations.get(id)).rejects.toMatchObject({
    statusCode: 404,
    message: expect.stringContaining("No organization found by that id or name"),
  });
});

test("a name that is taken is the SDK's conflict error", async () => {
  const second = client.organizations.create({ name: "acme" });
  await expect(second).rejects.toBeInstanceOf(ManagementError);
  await expect(second).rejects.toMatchObject({
    statusCode: 409,
    body: {
      errorCode: "organization_conflict",
      message: "An organization with the same name already exists.",
    },
  });
});

describe("connections of an organization", () => {
  test("are linked, listed, changed and taken off", async () => {
    const connection = await newConnection("linked");
    const { connections } = client.organizations;
    const link = await connections.create(organization, {
      connection_id: connection,
      assign_membership_on_login: true,
      is_enabled: true,
    });
    expect(link).toMatchObject({ connection: { name: "linked", strategy: "auth0" }, is_enabled: true });
    expect(await everyItem(connections.list(organization, { is_enabled: true }))).toEqual([link]);
    expect(await connections.get(organization, connection)).toEqual(link);
    const changed = await connections.update(organization, connection, { is_enabled: false });
    expect(changed).toEqual({ ...link, is_enabled: false });
    expect(await everyItem(connections.list(organization, { is_enabled: true }))).toEqual([]);
    await connections.delete(organization, connection);
    expect(await everyItem(connections.list(organization))).toEqual([]);
  });

  test("are enabled by the older methods too", async () => {
    const connection = await newConnection("enabled");
    const { enabledConnections } = client.organizations;
    const added = await enabledConnections.add(organization, { connection_id: connection });
    expect(added).toMatchObject({ connection_id: connection, assign_membership_on_login: false });
    expect(await everyItem(enabledConnections.list(organization))).toEqual([added]);
    const changes = { assign_membership_on_login: true };
    expect(await enabledConnections.update(organization, connection, changes)).toMatchObject(changes);
    await enabledConnections.delete(organization, connection);
    await expect(enabledConnections.get(organization, connection)).rejects.toMatchObject({ statusCode: 404 });
  });
});

test("members are added, given roles, listed with them, and removed", async () => {
  const members = [await newUser("ada.member"), await newUser("grace.member")];
  const [ada = ""] = members;
  const role = String((await client.roles.create({ name: "Reviewer" })).id);
  await client.organizations.members.create(organization, { members });
  await client.organizations.members.roles.assign(organization, ada, { roles: [role] });

  const listed = await everyItem(
    client.organizations.members.list(organization, { fields: "user_id,roles", include_fields: true }),
  );
  expect(listed).toEqual(
    expect.arrayContaining([
      { user_id: ada, roles: [{ id: role, name: "Reviewer" }] },
      { user_id: members[1], roles: [] },
    ]),
  );
  const roles = await everyItem(client.organizations.members.roles.list(organization, ada));
  expect(roles).toEqual([{ id: role, name: "Reviewer", description: "" }]);
  const effective = await everyItem(client.organizations.members.effectiveRoles.list(organization, ada));
  expect(effective).toEqual([{ id: role, name: "Reviewer", description: "", sources: ["direct"] }]);
  const holders = await everyItem(client.organizations.roles.members.list(organization, role));
  expect(holders).toMatchObject([{ user_id: ada, email: "ada.member@example.com" }]);
  expect(await everyItem(client.users.organizations.list(ada))).toMatchObject([{ id: organization }]);

  await client.organizations.members.roles.delete(organization, ada, { roles: [role] });
  expect(await everyItem(client.organizations.members.roles.list(organization, ada))).toEqual([]);
  await client.organizations.members.delete(organization, { members });
  expect(await everyItem(client.organizations.members.list(organization))).toEqual([]);
});

test("client grants and clients are associated with an organization and taken off again", async () => {
  const audience = "https://grants.example";
  await client.resourceServers.create({ identifier: audience, scopes: [{ value: "read:things" }] });
  const { client_id: clientId = "" } = await client.clients.create({ name: "Machine" });
  const grant = await client.clientGrants.create({
    client_id: clientId,
    audience,
    scope: ["read:things"],
    organization_usage: "allow",
  });
  const grantId = String(grant.id);

  const { clientGrants, clients } = client.organizations;
  expect(await clientGrants.create(organization, { grant_id: grantId })).toMatchObject({ audience });
  expect(await everyItem(clientGrants.list(organization, { grant_ids: [grantId] }))).toMatchObject([
    { id: grantId, client_id: clientId, scope: ["read:things"] },
  ]);
  expect(await everyItem(client.clientGrants.organizations.list(grantId))).toMatchObject([
    { id: organization },
  ]);
  await clientGrants.delete(organization, grantId);
  expect(await everyItem(clientGrants.list(organization))).toEqual([]);

  const asked = { client_id: clientId, use_for_member_access: true };
  const [associated] = await clients.create(organization, { clients: [asked] });
  expect(associated).toMatchObject({ ...asked, client: { name: "Machine", is_first_party: true } });
  expect(await clients.update(organization, clientId, { use_for_member_access: false })).toMatchObject({
    use_for_member_access: false,
  });
  expect(await everyItem(clients.list(organization))).toHaveLength(1);
  await clients.delete(organization, { clients: [clientId] });
  await expect(clients.get(organization, clientId)).rejects.toMatchObject({ statusCode: 404 });
});

test("invitations are made, listed, read and withdrawn", async () => {
  const { client_id: clientId = "" } = await client.clients.create({
    name: "Console",
    initiate_login_uri: "https://console.example/login",
  });
  const { invitations } = client.organizations;
  const invitation = await invitations.create(organization, {
    inviter: { name: "Ada" },
    invitee: { email: "new@example.com" },
    client_id: clientId,
    ttl_sec: 3600,
  });
  const id = String(invitation.id);
  expect(invitation.invitation_url).toBe(
    `https://console.example/login?invitation=${String(invitation.ticket_id)}&organization=${organization}&organization_name=acme`,
  );
  expect(Date.parse(String(invitation.expires_at)) - Date.parse(String(invitation.created_at))).toBe(
    3_600_000,
  );
  expect(await everyItem(invitations.list(organization))).toEqual([invitation]);
  expect(await invitations.get(organization, id)).toEqual(invitation);
  await invitations.delete(organization, id);
  await expect(invitations.get(organization, id)).rejects.toMatchObject({
    statusCode: 404,
    body: { errorCode: "inexistent_invitation" },
  });
});

test("discovery domains are added, found by name, verified and removed", async () => {
  const { discoveryDomains } = client.organizations;
  const domain = await discoveryDomains.create(organization, { domain: "acme.example" });
  expect(domain).toMatchObject({ status: "pending", use_for_organization_discovery: true });
  expect(domain.verification_host).toBe(`_ss-verification.${organization}.acme.example`);
  expect(await discoveryDomains.getByName(organization, "acme.example")).toEqual(domain);
  expect(await discoveryDomains.update(organization, domain.id, { status: "verified" })).toEqual({
    ...domain,
    status: "verified",
  });
  expect(await everyItem(discoveryDomains.list(organization))).toHaveLength(1);
  await discoveryDomains.delete(organization, domain.id);
  await expect(discoveryDomains.get(organization, domain.id)).rejects.toMatchObject({ statusCode: 404 });
});
