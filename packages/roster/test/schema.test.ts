/** Claim: what the engine stores of a roster has the types that its schema says. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { RosterProvider } from "../src/provider.ts";
import { schema } from "../src/schema.ts";
import { plain } from "./support/roster-engine.ts";
import { ModelTenant } from "./support/roster-tenant-model.ts";

const folder = mkdtempSync(join(tmpdir(), "roster-schema-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("inputs and outputs have the types of the schema", async () => {
  writeFileSync(join(folder, "members.csv"), "user,roles\nauth0|ada,reader\n");
  const engine = { log: () => undefined, cancelled: new AbortController().signal };
  const provider = new RosterProvider(engine, "0.0.0", { tenant: new ModelTenant().tenant });
  const about = { urn: "urn:members", name: "members", type: "roster:index:OrganizationRoster" };
  const args = {
    organizationId: "org_1",
    membersFile: "members.csv",
    membersFolder: folder,
    mode: "authoritative",
    roles: { reader: "rol_1" },
    removeAtMostPercent: 5,
    consentToRemove: 2,
    clientId: "client-1",
    inviter: "Acme",
  };
  const checked = await provider.check({
    ...about,
    oldInputs: {},
    inputs: args,
    randomSeed: new Uint8Array(),
  });
  const inputs = plain(checked.inputs);
  const { state } = await provider.create({ ...about, inputs, preview: false });

  const roster = schema("0.0.0").resources["roster:index:OrganizationRoster"];
  for (const [types, values] of [
    [roster.inputProperties, { ...inputs, membersFolder: folder }],
    [roster.properties, plain(state)],
  ] as const) {
    const typeOf = (value: unknown) => (Number.isInteger(value) ? "integer" : typeof value);
    const stored = Object.entries(types).map(([key]) => [key, typeOf(Reflect.get(values, key))]);
    const said = Object.entries(types).map(([key, { type }]) => [key, type === "number" ? "integer" : type]);
    expect(stored).toEqual(said);
  }
});
