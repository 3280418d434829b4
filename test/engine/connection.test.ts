/** The connection: protected by default, replaced only on purpose, never touched when it is somebody else's. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { signInOutputsSchema } from "@ai-api-access/local/demo/outputs.ts";
import { loginApplication, signIn } from "@ai-api-access/local/demo/people.ts";
import { trustLocalCa } from "@ai-api-access/local/demo/trust.ts";
import { TestTwin } from "@ai-api-access/testing/twin.ts";

let twin: TestTwin;
beforeAll(async () => {
  twin = await TestTwin.start();
});
afterAll(() => twin.close());

const connection = (value: object) => ({ "ai-api-access:organization.connections": [value] });

test("a connection with another name takes the place of the old one where it may go with the stack", async () => {
  await twin.run("up", connection({ database: "my-awesome-company-users", deleteWithStack: true }));
  twin.clearRequests();
  const { changes } = await twin.run(
    "up",
    connection({ database: "another-company-users", deleteWithStack: true }),
  );
  // The connection in its component, its link to the organization, and the application's entry on it.
  expect(changes).toMatchObject({ create: 4, delete: 4 });
  const writes = twin.writes().map((line) => line.replaceAll(/con_\w+|org_\w+/g, "ID"));
  // People can sign in all the while: the new one is linked before the old one goes.
  const of = (line: string) => writes.flatMap((write, index) => (write === line ? [index] : []));
  const [created, deleted] = ["POST", "DELETE"].map((method) =>
    writes.findIndex((write) => write.startsWith(`${method} /api/v2/connections`)),
  );
  expect(created).toBe(0);
  expect(deleted).toBe(writes.length - 1);
  expect(of("PATCH /api/v2/connections/ID/clients")).toHaveLength(2);
  expect(of("POST /api/v2/organizations/ID/connections")[0]).toBeLessThan(
    of("DELETE /api/v2/organizations/ID/connections/ID")[0] ?? -1,
  );
});

test("a protected connection is not replaced: up is refused and nothing of it is lost", async () => {
  await twin.run("up", connection({ database: "another-company-users" }));
  twin.clearRequests();
  const refused = await twin.command("up", connection({ database: "third-company-users" }));
  expect(refused.code).not.toBe(0);
  expect(refused.output).toMatch(/connection\.another-company-users" cannot be deleted/);
  expect(refused.output).toMatch(/because it is protected/);
  const lost = twin.writes().filter((line) => line.startsWith("DELETE /api/v2/connections"));
  expect(lost).toEqual([]);
  const kept = await twin.command("destroy", connection({ database: "another-company-users" }));
  expect(kept.code).not.toBe(0);
  expect(kept.output).toMatch(/cannot be deleted/);
  expect(await twin.byHand("auth0", "GET", "/connections?name=another-company-users")).toHaveLength(1);
});

describe("an existing connection", () => {
  let own: TestTwin;
  beforeAll(async () => {
    own = await TestTwin.start();
    trustLocalCa(own.tenants.access.caFile);
  });
  afterAll(() => own.close());

  const name = "Username-Password-Authentication";
  const existing = connection({ existing: name });
  const read = () =>
    own.read("auth0", `/connections?name=${name}`, z.tuple([z.looseObject({ id: z.string() })]));
  let before: Awaited<ReturnType<typeof read>>;

  test("is linked, and nothing of it is written but our application's entry", async () => {
    before = await read();
    own.clearRequests();
    await own.run("up", existing);
    const toConnection = own.writes().filter((line) => line.includes(" /api/v2/connections"));
    expect(toConnection).toEqual([`PATCH /api/v2/connections/${before[0].id}/clients`]);
  });

  test("of Microsoft Entra makes members of all who log in where one organization hands its accounts out, not where any may", async () => {
    const one = { name: "entra-one", strategy: "waad", options: { client_id: "1", client_secret: "s" } };
    const any = { ...one, name: "entra-any", options: { ...one.options, useCommonEndpoint: true } };
    for (const made of [one, any]) await own.byHand("auth0", "POST", "/connections", made);
    const connections = [name, one.name, any.name].map((existing) => ({ existing }));
    await own.run("up", { "ai-api-access:organization.connections": connections });

    const { id } = await own.read("auth0", "/organizations/name/my-awesome-company", idSchema);
    const links = await own.read("auth0", `/organizations/${id}/enabled_connections`, z.array(linkSchema));
    expect(
      Object.fromEntries(links.map((link) => [link.connection.name, link.assign_membership_on_login])),
    ).toEqual({ [name]: false, [one.name]: true, [any.name]: false });
  });

  test("people log in with the secret of a confidential application, and with PKCE alone once its type is a public one", async () => {
    const clients = await own.read("auth0", "/clients?is_global=false", z.array(clientSchema));
    const secret = clients.find((client) => client.name === "AI Console")?.client_secret;
    await expect(logIn(own)).rejects.toMatchObject({ status: 401 });
    expect(await logIn(own, secret)).toMatch(/^ey/);

    const callbacks = [CALLBACK];
    const loginApp = { "ai-api-access:loginApp": { name: "AI Console", type: "spa", callbacks } };
    await own.run("up", { ...existing, ...loginApp });
    expect(await logIn(own)).toMatch(/^ey/);
  });

  test("is as it was when the stack is gone", async () => {
    await own.run("destroy", existing);
    expect(await read()).toEqual(before);
  });
});

const CALLBACK = "http://localhost:3000/callback";
const idSchema = z.object({ id: z.string() });
const linkSchema = z.object({
  connection: z.object({ name: z.string() }),
  assign_membership_on_login: z.boolean(),
});
const clientSchema = z.object({ name: z.string(), client_secret: z.string() });

/** Signs Ada in at the stack's application, with its secret or by PKCE alone. */
async function logIn(own: TestTwin, clientSecret = ""): Promise<string> {
  const { appConfig } = signInOutputsSchema.parse(await (await own.open()).outputs());
  const { clientId = "" } = appConfig.auth0;
  const application = { clientId, clientSecret, callbacks: [CALLBACK] };
  return signIn(await loginApplication(appConfig, application, CALLBACK), "ada@example.com");
}
