/** The life of the local stack, as its file declares it, on the real engine. The tests follow one another. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { readLocalStack } from "@ai-api-access/local/project.ts";
import { acceptInvitation } from "@ai-api-access/testing/auth0-sign-in.ts";
import { TestTwin } from "@ai-api-access/testing/twin.ts";

const ADA = "auth0|64f0000000000000000000a1";
const GRACE = "auth0|64f0000000000000000000a2";
const ALAN = "auth0|64f0000000000000000000a3";

let twin: TestTwin;
let seeded: string;
let organizationId = "";

beforeAll(async () => {
  twin = await TestTwin.start();
  seeded = twin.holdings();
});
afterAll(() => twin.close());

const local = readLocalStack().config;
const declared = z.record(z.string(), z.unknown()).parse(local["ai-api-access:organization"]);
const organization = (displayName: string) => ({
  "ai-api-access:organization": { ...declared, displayName },
});

/** The people of the organization and the names of their roles in it. */
async function members(): Promise<Record<string, string[]>> {
  const path = `/organizations/${organizationId}/members`;
  const people = await twin.read("auth0", path, z.array(z.object({ user_id: z.string() })));
  const entries = people.map(async ({ user_id: person }): Promise<[string, string[]]> => {
    const roles = `${path}/${encodeURIComponent(person)}/roles`;
    const named = await twin.read("auth0", roles, z.array(z.object({ name: z.string() })));
    return [person, named.map(({ name }) => name).sort()];
  });
  return Object.fromEntries((await Promise.all(entries)).sort(([a], [b]) => a.localeCompare(b)));
}

describe("the life of the local stack", () => {
  test("the first up creates exactly what the stack declares", async () => {
    const { changes } = await twin.run("up");
    expect(changes).toEqual({ create: 28 });
    const organizations = await twin.read("auth0", "/organizations", z.tuple([z.object({ id: z.string() })]));
    organizationId = organizations[0].id;
    expect(await members()).toEqual({ [ADA]: ["ai-editor"], [GRACE]: ["ai-reader"] });
  });

  test("a preview right after up is empty", async () => {
    const { changes } = await twin.run("preview");
    expect(changes).toEqual({ same: 28 });
  });

  test("a second up changes nothing and writes nothing", async () => {
    twin.clearRequests();
    const { changes } = await twin.run("up");
    expect(changes).toEqual({ same: 28 });
    expect(twin.writes()).toEqual([]);
  });

  test("a refresh after up is empty", async () => {
    const { changes } = await twin.run("refresh");
    expect(changes).toEqual({ same: 28 });
  });

  test("a renamed display name is one update, of the organization alone", async () => {
    twin.clearRequests();
    const { changes } = await twin.run("up", organization("Renamed Company"));
    expect(changes).toEqual({ same: 27, update: 1 });
    expect(twin.writes()).toEqual([`PATCH /api/v2/organizations/${organizationId}`]);
  });

  test("a member who was removed by hand comes back with up --refresh", async () => {
    await twin.byHand("auth0", "DELETE", `/organizations/${organizationId}/members`, { members: [GRACE] });
    expect(Object.keys(await members())).toEqual([ADA]);
    await twin.run("up", {}, { refresh: true });
    expect(await members()).toEqual({ [ADA]: ["ai-editor"], [GRACE]: ["ai-reader"] });
  });

  test("a role that was given by hand, and a person who joined by hand, survive refresh and up", async () => {
    const people = `/organizations/${organizationId}/members`;
    const roles = await twin.read("auth0", "/roles", z.array(z.object({ id: z.string(), name: z.string() })));
    const reader = roles.find(({ name }) => name === "ai-reader")?.id;
    const adasRoles = `${people}/${encodeURIComponent(ADA)}/roles`;
    await twin.byHand("auth0", "POST", adasRoles, { roles: [reader] });
    await twin.byHand("auth0", "POST", people, { members: [ALAN] });
    await twin.run("up", {}, { refresh: true });
    expect(await members()).toEqual({
      [ADA]: ["ai-editor", "ai-reader"],
      [GRACE]: ["ai-reader"],
      [ALAN]: [],
    });
    await twin.byHand("auth0", "DELETE", adasRoles, { roles: [reader] });
    await twin.byHand("auth0", "DELETE", people, { members: [ALAN] });
  });

  test("a swapped member is swapped in one up", async () => {
    const swapped = {
      "ai-api-access:organization.members": [
        { user: ADA, roles: ["ai-editor"] },
        { user: ALAN, roles: ["ai-reader"] },
      ],
    };
    await twin.run("up", swapped);
    expect(await members()).toEqual({ [ADA]: ["ai-editor"], [ALAN]: ["ai-reader"] });
  });

  test("no secret is in plain text in the state or in what the engine says", async () => {
    const outputs = await (await twin.open()).stack.outputs();
    const { auth0, okta } = twin.tenants.access;
    const secrets = [outputs.clientSecret?.value, auth0.clientSecret, auth0.apiToken, okta.apiToken].map(
      String,
    );
    expect(outputs.clientSecret?.secret).toBe(true);
    expect(outputs.organizationId?.secret).toBe(false);
    const { output } = await twin.run("preview", {}, { diff: true });
    const said = twin.stateText() + output;
    expect(said).toContain("my-awesome-company");
    expect(secrets.filter((secret) => secret.length > 20 && said.includes(secret))).toEqual([]);
    expect(secrets.filter((secret) => secret.length <= 20)).toEqual([]);
  });

  test("destroy leaves the tenants as they were seeded", async () => {
    const { changes } = await twin.run("destroy");
    expect(changes).toEqual({ delete: 28 });
    expect(twin.holdings()).toBe(seeded);
  });
});

describe("people who are invited", () => {
  const NEW = "new@example.com";
  const reader = (email: string) => ({ email, roles: ["ai-reader"], invite: true });
  const inviting = (...people: object[]) => ({
    "ai-api-access:loginApp.initiateLoginUri": "https://console.example.com/login",
    "ai-api-access:organization.members": [{ user: ADA, roles: ["ai-editor"] }, ...people],
  });
  const BOTH = inviting(reader(NEW), reader("later@example.com"));
  const sent = z.array(
    z.object({
      ...{ ticket_id: z.string(), client_id: z.string() },
      ...{ created_at: z.iso.datetime(), expires_at: z.iso.datetime() },
      invitee: z.object({ email: z.string() }),
    }),
  );
  const invitations = () => twin.read("auth0", `/organizations/${organizationId}/invitations`, sent);
  const emails = async () => (await invitations()).map(({ invitee }) => invitee.email).sort();

  test("a person that the tenant does not know is invited once, for 30 days", async () => {
    await twin.run("up", inviting());
    const organizations = await twin.read("auth0", "/organizations", z.tuple([z.object({ id: z.string() })]));
    organizationId = organizations[0].id;
    const { changes, output } = await twin.run("preview", BOTH);
    // The two, and the provider that they have.
    expect(changes).toMatchObject({ create: 3 });
    expect(output).toContain("roster:index:Invitation members-new@example.com");
    await twin.run("up", BOTH);
    expect(await emails()).toEqual(["later@example.com", NEW]);
    const [one] = await invitations();
    expect(Date.parse(one?.expires_at ?? "") - Date.parse(one?.created_at ?? "")).toBe(30 * 24 * 3600 * 1000);
    twin.clearRequests();
    await twin.run("up", BOTH, { refresh: true });
    expect(twin.writes()).toEqual([]);
  });

  test("who comes is taken over with the roles, and whose line goes is no longer invited", async () => {
    const found = (await invitations()).find(({ invitee }) => invitee.email === NEW);
    const { auth0, caFile } = twin.tenants.access;
    const ca = readFileSync(caFile, "utf8");
    const stage = { organizationId, clientId: found?.client_id ?? "" };
    const ticket = found?.ticket_id ?? "";
    await acceptInvitation({ origin: auth0.origin, ca }, stage, { email: NEW, ticket });
    // Auth0 has no invitation any more, and that is no reason to send another.
    await twin.run("refresh", BOTH);
    await twin.run("up", inviting(reader(NEW)));
    expect(await emails()).toEqual([]);
    const { [ADA]: ada, ...others } = await members();
    expect([ada, ...Object.values(others)]).toEqual([["ai-editor"], ["ai-reader"]]);
    twin.clearRequests();
    await twin.run("up", inviting(reader(NEW)));
    expect(twin.writes()).toEqual([]);
    await twin.run("up", inviting());
    expect(Object.keys(await members())).toEqual([ADA]);
  });
});
