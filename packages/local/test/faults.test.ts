/** Tenants that go wrong in the middle of the first `up`: the stack ends as if they had not. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Walk, type Undisturbed } from "./faults/walk.ts";

let walk: Walk;
let undisturbed: Undisturbed;
beforeAll(async () => {
  walk = await Walk.begin("stand-in");
  undisturbed = await walk.undisturbed();
});
afterAll(() => walk.close());

test("the answers to an organization, a role and a scope that were made are lost, and so is the reading of an app: the stack ends exact", async () => {
  const lost = (path: string) =>
    ({ method: "POST", path, count: 1, effect: { kind: "drop", when: "after" } }) as const;
  const unread = {
    method: "GET",
    path: "/api/v1/apps/*",
    count: 1,
    effect: { kind: "status", status: 502, when: "before" },
  } as const;
  const rules = {
    auth0: [lost("/api/v2/organizations"), lost("/api/v2/roles")],
    okta: [lost("/api/v1/authorizationServers/*/scopes"), unread],
  };
  const walked = await walk.disturbed({ rules, lasting: true }, undisturbed);
  expect(walked).toMatchObject({ exact: true });
  expect(walked.hit).toHaveLength(4);
  expect(walked.reported.join("\n")).toMatch(
    /OAuth service-app was created \(0oa\w+\), and reading it failed: it is read again/,
  );
});
