/**
 * Claim: for the life of a stack that was recorded with the official plugins, the stand-ins make the same requests
 * for the same changes. Without the recordings these tests say so and are skipped.
 */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { recordedProgram } from "./recorded-program.ts";
import type { Phase } from "./recorded-program.ts";
import { isNextPage, Recordings } from "./recordings.ts";
import { StandInStack } from "./stand-in-stack.ts";

const phase: { -readonly [key in keyof Phase]: Phase[key] } = {
  members: {
    "auth0|user0": ["reader"],
    "auth0|user1": ["editor", "reader"],
    "auth0|user2": ["editor"],
  },
  displayName: "My Awesome Company",
  connection: "my-awesome-company-users",
  authorizationServer: "server",
};

const recordings = new Recordings("stack", {
  "Organization organization": "{organization:1}",
  "Connection connection": "{connection:1}",
  "Client login": "{id:2}",
  "ResourceServer api": "{id:1}",
  "Role editor": "{role:1}",
  "Role reader": "{role:2}",
  "OAuth service": "{oktaApp:1}",
  "Server other": "{authServer:1}",
  "Server server": "{authServer:2}",
  "ServerScope read": "{scope:1}",
  "ServerPolicy policy": "{policyOrClaim:1}",
  "ServerPolicyRule rule": "{rule:1}",
});
const createdSchema = z.object({ id: z.string() });

let running: StandInStack;

(recordings.present ? describe : describe.skip)("the stand-ins and the official plugins", () => {
  beforeAll(async () => {
    running = await StandInStack.start(() => Promise.resolve(recordedProgram(phase)));
    await populate();
  });
  afterAll(() => running.close());

  test("create a stack with the same requests", async () => {
    await expectRecorded("1-create", () => running.change("up"));
  });

  test("preview an unchanged stack with the same lookups, and find no change", async () => {
    const { changeSummary } = await expectRecorded("2-preview-noop", () => running.stack.preview());
    expect(changeSummary).toEqual({ same: 25 });
  });

  test("refresh it with the same requests, and find no change", async () => {
    const changes = await expectRecorded("3-refresh", () => running.change("refresh"));
    expect(changes).toEqual({ same: 25 });
  });

  test("change a display name with the same requests", async () => {
    phase.displayName = "Renamed Co";
    await expectRecorded("4-rename-display", () => running.change("up"));
  });

  test("swap a member and take a role away with the same requests", async () => {
    phase.members = { "auth0|user0": ["reader"], "auth0|user1": ["reader"], "auth0|user7": ["reader"] };
    await expectRecorded("5-swap-member-and-roles", () => running.change("up"));
  });

  test("replace a connection with the same requests, the old one and its links deleted first", async () => {
    phase.connection = "another-company-users";
    await expectRecorded("6-connection-replaced", () => running.change("up"), { connection: 2 });
  });

  test("move a policy to another server with the same requests, the old one deleted last", async () => {
    phase.authorizationServer = "other";
    const moved = { scope: 2, policyOrClaim: 2, rule: 2 };
    await expectRecorded("7-authorization-server-changed", () => running.change("up"), moved);
  });

  test("destroy it with the same requests", async () => {
    await expectRecorded("8-destroy", () => running.change("destroy"));
  });
});

/** The people, the role and the connection that the recorded program looks up or names. */
async function populate(): Promise<void> {
  const connections = z.array(createdSchema.extend({ name: z.string() }));
  const [connection] = connections.parse(await callAuth0("GET", "/connections"));
  recordings.placeholders.set(connection?.id ?? "", "con_default000000001");
  const role = createdSchema.parse(await callAuth0("POST", "/roles", { name: "reader" }));
  recordings.placeholders.set(role.id, "rol_reader0000000001");
  for (const person of ["user0", "user1", "user2", "user7"]) {
    await callAuth0("POST", "/users", {
      connection: connection?.name,
      user_id: person,
      email: `${person}@example.com`,
      password: "Only-for-a-test-1",
    });
  }
  running.takeRequests();
}

async function callAuth0(method: string, path: string, body?: object): Promise<unknown> {
  return running.call("auth0", method, `/api/v2${path}`, body);
}

/** Runs a phase and compares what the tenants got with what was recorded: all of it, and what came in turns. */
async function expectRecorded<T>(
  name: string,
  run: () => Promise<T>,
  replaced: Readonly<Record<string, number>> = {},
): Promise<T> {
  running.takeRequests();
  const result = await run();
  const sent = running.takeRequests().filter((request) => !isNextPage(request));
  recordings.learnIds(running, replaced);
  const lines = (requests: typeof sent) => requests.map((request) => recordings.line(request));
  const [wanted, got] = [lines(recordings.read(name)), lines(sent)];
  expect(got.toSorted()).toEqual(wanted.toSorted());
  expect(turns(got)).toEqual(turns(wanted));
  return result;
}

/** Whether connections and what is in authorization servers are deleted before the new ones are made, or after. */
function turns(lines: readonly string[]): string[] {
  const writes = lines.filter((text) =>
    /^\w+ (POST|DELETE) \S*(connections|authorizationServers\/\S+\/(scopes|policies))/.test(text),
  );
  return writes
    .map((text) => `${text.split(" ")[0] ?? ""} ${text.includes(" DELETE ") ? "deletes" : "creates"}`)
    .toSorted((one, other) => one.split(" ")[0]?.localeCompare(other.split(" ")[0] ?? "") ?? 0)
    .filter((turn, index, all) => turn !== all[index - 1]);
}
