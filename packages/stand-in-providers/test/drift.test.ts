/** Claim: the stand-ins see what was changed outside, take over what exists, and refuse in words that help. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import * as auth0 from "@pulumi/auth0";
import * as okta from "@pulumi/okta";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { StandInStack } from "./stand-in-stack.ts";

/** A resource whose properties TypeScript does not look at. */
class Untyped extends pulumi.CustomResource {}

const idSchema = z.object({ id: z.string() });

/** The ids of what is declared, in its order; as the last run left them. */
let ids: string[] = [];

function declared(): void {
  const organization = new auth0.Organization("acme", { name: "acme", displayName: "Acme" });
  const server = new okta.auth.Server("ai", { name: "ai", audiences: ["https://ai.example.com"] });
  const scope = new okta.auth.ServerScope("read", { authServerId: server.id, name: "ai:read" });
  pulumi.all([organization.id, server.id, scope.id]).apply((found) => (ids = found));
}

let program: () => void = declared;
let running: StandInStack;

beforeAll(async () => {
  running = await StandInStack.start(() => {
    program();
    return Promise.resolve({});
  });
});
afterAll(() => running.close());

/** What a run says that fails. */
async function failure(run: Promise<unknown>): Promise<string> {
  const error = await run.then(
    () => new Error("it did not fail"),
    (thrown: unknown) => thrown,
  );
  return String(error);
}

describe("what changes outside", () => {
  test("a changed property is found by a refresh and put back by the next up", async () => {
    await running.change("up");
    const [organization = ""] = ids;
    await running.call("auth0", "PATCH", `/api/v2/organizations/${organization}`, { display_name: "Theirs" });
    const found = await running.change("refresh");
    expect(found).toMatchObject({ update: 1 });
    running.takeRequests();
    const after = await running.change("up");
    expect(after).toMatchObject({ update: 1 });
    expect(running.takeRequests()).toContainEqual(
      expect.objectContaining({ method: "PATCH", body: { name: "acme", display_name: "Acme" } }),
    );
  });

  test("a deleted resource is found by a refresh and made again by the next up", async () => {
    const [, server = "", scope = ""] = ids;
    await running.call("okta", "DELETE", `/api/v1/authorizationServers/${server}/scopes/${scope}`);
    const found = await running.change("refresh");
    expect(found).toMatchObject({ delete: 1 });
    const after = await running.change("up");
    expect(after).toMatchObject({ create: 1 });
    const [, , again] = ids;
    expect(again).not.toBe(scope);
  });
});

describe("what exists already", () => {
  test("is imported by its id, and unchanged if it is as declared", async () => {
    const role = idSchema.parse(
      await running.call("auth0", "POST", "/api/v2/roles", { name: "by-hand", description: "by hand" }),
    );
    const [, server = ""] = ids;
    const scope = idSchema.parse(
      await running.call("okta", "POST", `/api/v1/authorizationServers/${server}/scopes`, {
        name: "ai:admin",
        description: "by hand",
        metadataPublish: "ALL_CLIENTS",
      }),
    );
    program = () => {
      new auth0.Role("by-hand", { name: "by-hand", description: "by hand" }, { import: role.id });
      new okta.auth.ServerScope(
        "admin",
        { authServerId: server, name: "ai:admin", description: "by hand" },
        { import: `${server}/${scope.id}` },
      );
      declared();
    };
    running.takeRequests();
    const changes = await running.change("up");
    expect(changes).toEqual({ import: 2, same: 4 });
    expect(running.takeRequests().filter(({ method }) => method !== "GET")).toEqual([]);
    const { changeSummary } = await running.stack.preview();
    expect(changeSummary).toEqual({ same: 6 });
  });

  test("is not made twice: the refusal names the resource, the status and the vendor's words, and no token", async () => {
    program = () => {
      declared();
      new auth0.Organization("second", { name: "acme" });
    };
    const said = await failure(running.change("up"));
    expect(said).toMatch(
      /creating organization "second": HTTP 409: .*(exists|already|use).*POST \/api\/v2\/organizations/i,
    );
    expect(said).not.toContain(running.auth0.management.apiToken);
  });
});

describe("mistakes", () => {
  test("in the inputs are all reported before any call", async () => {
    program = () => {
      const properties = { displayName: 5, nonsense: true, authentication: {}, realms: "x" };
      new Untyped("auth0:index/connection:Connection", "wrong", properties);
      declared();
    };
    running.takeRequests();
    const said = await failure(running.stack.preview());
    expect(said).toContain("displayName: wants a string, got a number");
    expect(said).toContain("nonsense: not a property that this stand-in has");
    expect(said).toContain("realms: wants a list, got a string");
    expect(said).toContain("strategy: required, and not set");
    expect(said).toContain("authentication.active: required, and not set");
    expect(running.takeRequests().filter(({ path }) => !path.endsWith("/users/me"))).toEqual([]);
  });
});

describe("a host other than this machine", () => {
  test("is refused, with the way to the official plugin", async () => {
    let elsewhere: () => unknown = () => new auth0.Role("r", { name: "r" });
    const stack = await StandInStack.start(
      () => {
        elsewhere();
        return Promise.resolve({});
      },
      { AUTH0_DOMAIN: "acme.eu.auth0.com", OKTA_HTTP_PROXY: "http://user:hush@proxy.example.com:3128" },
    );
    try {
      const auth0Said = await failure(stack.stack.preview());
      expect(auth0Said).toContain(`auth0:domain is "acme.eu.auth0.com"`);
      expect(auth0Said).toContain("pulumi plugin install resource auth0 3.49.0");
      elsewhere = () => new okta.auth.Server("s", { name: "s", audiences: ["a"] });
      const oktaSaid = await failure(stack.stack.preview());
      expect(oktaSaid).toContain("pulumi plugin install resource okta 7.0.0");
      expect(oktaSaid).not.toContain("hush");
    } finally {
      await stack.close();
    }
  });
});
