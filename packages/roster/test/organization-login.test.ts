/** Claim: an application asks people for their organization, and is found out when it does no longer. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { auth0Tenant } from "../src/auth0.ts";
import { createLogin, diffOfLogin, readLogin } from "../src/organization-login.ts";
import { RosterTenant } from "./support/roster.ts";

let at: RosterTenant;
beforeAll(async () => {
  at = await RosterTenant.create(0);
});
afterAll(() => at.close());

const about = { urn: "urn:login", name: "login", type: "roster:index:OrganizationLogin" };

test("an application asks for an organization; one that does not, or is gone, has to be made to again", async () => {
  const clientId = await at.application();
  const path = `/clients/${clientId}`;
  const read = () => readLogin({ ...about, id: clientId }, () => auth0Tenant(at.client));
  await at.client.send("PATCH", path, { organization_usage: "deny" });
  expect(await read()).toBeUndefined();
  const made = await createLogin({ ...about, inputs: { clientId }, preview: false }, () =>
    auth0Tenant(at.client),
  );
  expect(made.id).toBe(clientId);
  expect(await at.client.read(path)).toMatchObject({
    organization_usage: "require",
    organization_require_behavior: "pre_login_prompt",
  });
  expect(await read()).toMatchObject({ id: clientId, inputs: { clientId } });
  await at.client.send("DELETE", path);
  expect(await read()).toBeUndefined();
});

test("another application is another login", () => {
  const diff = (clientId: string) =>
    diffOfLogin({
      ...{ ...about, id: "a", state: {}, oldInputs: { clientId: "a" } },
      ...{ inputs: { clientId }, ignoreChanges: [] },
    }).changes;
  expect(diff("a")).toEqual([]);
  expect(diff("b")).toMatchObject([{ replace: true }]);
});
