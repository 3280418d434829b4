/**
 * Claim: for organizations as companies have them, too, the stand-ins make the requests that were recorded, and show
 * an update in every preview where the official plugins do.
 */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { companiesProgram } from "./companies-program.ts";
import { Recordings } from "./recordings.ts";
import { StandInStack } from "./stand-in-stack.ts";

const recordings = new Recordings("companies", {
  "Organization acme": "{organization:1}",
  "OrganizationDiscoveryDomain acme.example.com": "{discoveryDomain:1}",
  "ResourceServer api": "{id:1}",
  "Client login": "{id:2}",
  "Client machine": "{id:3}",
  "ClientGrant login": "{clientGrant:1}",
  "ClientGrant machine": "{clientGrant:2}",
  "Connection oidc": "{connection:1}",
  "Connection database": "{connection:2}",
  "Connection github": "{connection:3}",
  "Connection google": "{connection:4}",
  "Connection okta": "{connection:5}",
  "Group people": "{group:1}",
  "OAuth workforce": "{oktaApp:1}",
});
const phase = { changed: false };
let running: StandInStack;

(recordings.present ? describe : describe.skip)(
  "the stand-ins and the official plugins, for companies",
  () => {
    beforeAll(async () => {
      running = await StandInStack.start(() => Promise.resolve(companiesProgram(phase)));
      const shared = { name: "Shared", identifier: "https://management.example.com" };
      await running.call("auth0", "POST", "/api/v2/resource-servers", shared);
      const policies = z.array(z.object({ id: z.string(), system: z.boolean() }));
      const found = policies.parse(await running.call("okta", "GET", "/api/v1/policies?type=ACCESS_POLICY"));
      recordings.placeholders.set(found.find(({ system }) => system)?.id ?? "", "rst1");
    });
    afterAll(() => running.close());

    test("create connections of every kind, a web app and a machine with the same requests", async () => {
      await expectRecorded("create", () => running.change("up"));
      const state = running.stateText();
      expect(
        ["google secret", "github secret", "oidc secret"].filter((text) => state.includes(text)),
      ).toEqual([]);
    });

    test("preview an update of an empty map of claims and of a key, which the official plugins do not keep", async () => {
      const { changeSummary } = await expectRecorded("preview-noop", () => running.stack.preview());
      expect(changeSummary).toEqual({ same: 27, update: 2 });
    });

    test("refresh them with the same requests", async () => {
      await expectRecorded("refresh", () => running.change("refresh"));
    });

    test("change them with the same requests", async () => {
      phase.changed = true;
      await expectRecorded("update", () => running.change("up"));
    });

    test("destroy them with the same requests", async () => {
      await expectRecorded("destroy", () => running.change("destroy"));
    });
  },
);

async function expectRecorded<T>(name: string, run: () => Promise<T>): Promise<T> {
  running.takeRequests();
  const result = await run();
  const sent = running.takeRequests();
  recordings.learnIds(running);
  const lines = (requests: typeof sent) =>
    requests
      .map((one) => withoutKeys(recordings.line(one)))
      // The recorder's plugin had the credentials of a client, ours has a token.
      .filter((line) => !line.startsWith("auth0 POST /oauth/token"))
      .toSorted();
  expect(lines(sent)).toEqual(lines(recordings.read(name)));
  return result;
}

/** A key's text is another in each run, and its id is only in the client. */
function withoutKeys(line: string): string {
  return line.replaceAll(/cred_\w+|\{credential:\d\}/g, "{credential}").replace(/"pem":"[^"]+"/, '"pem":"…"');
}
