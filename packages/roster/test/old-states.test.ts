/** Claim: a stack whose state the first version wrote goes on without anybody being touched. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "@jest/globals";
import { RosterProvider } from "../src/provider.ts";
import { plain } from "./support/roster-engine.ts";
import { ModelTenant } from "./support/roster-tenant-model.ts";

const ROLES = { "ai-reader": "rol_reader", "ai-editor": "rol_editor" };
const RECORD =
  '{"version":1,"digest":"7afe511aceee5b44","theirs":"i47l4szlTCwtyTCo4UovSkxOBQA=","announced":[],"left":[]}';
const INPUTS = {
  organizationId: "org_1",
  mode: "additive",
  __baseline: RECORD,
  roles: ROLES,
  people: "3 people (807e7673ccef6b5e)",
  __members: '["ai-editor","ai-reader"]\n\tm\tokta|\nalan\n\tm0,1\tauth0|\nada\n\tm1\tauth0|\ngrace',
};
/** After an `up` that succeeded. */
const OUTPUTS = {
  organizationId: "org_1",
  people: "3 people (807e7673ccef6b5e)",
  __settled: 1,
  __at: 1700000000005,
  __theirs: "i47l4szlTCwtyTCo4UovSkxOBQA=",
};
/** After an update to Ada as a reader and Edsger as an editor that was cut short. */
const PARTIAL_OUTPUTS = {
  ...OUTPUTS,
  __inPlace: '["rol_editor","rol_reader"]\n\tm\tokta|\nedsger\n\tm0,1\tauth0|\nada',
};

const folder = mkdtempSync(join(tmpdir(), "old-states-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

let tenant: ModelTenant;
let provider: RosterProvider;
beforeEach(() => {
  tenant = new ModelTenant();
  const engine = { log: () => undefined, cancelled: new AbortController().signal };
  provider = new RosterProvider(engine, "0.0.0", { tenant: tenant.tenant });
});

const about = (type: string) => ({ urn: `urn:${type}`, name: "members", type, id: "org_1" });
const roster = about("roster:index:OrganizationRoster");
const baseline = about("roster:index:Baseline");

async function diff(state: typeof OUTPUTS, ...lines: string[]) {
  writeFileSync(join(folder, "members.csv"), ["user,roles", ...lines].join("\n"));
  const args = { organizationId: "org_1", membersFile: "members.csv", membersFolder: folder, roles: ROLES };
  const { inputs } = await provider.check({
    ...roster,
    oldInputs: INPUTS,
    inputs: args,
    randomSeed: new Uint8Array(),
  });
  const sent = plain(inputs);
  const { summary = [] } = provider.diff({
    ...roster,
    oldInputs: INPUTS,
    state,
    inputs: sent,
    ignoreChanges: [],
  });
  return {
    summary,
    update: () =>
      provider.update({
        ...roster,
        oldInputs: INPUTS,
        state,
        inputs: sent,
        ignoreChanges: [],
        preview: false,
      }),
  };
}

describe("a state of the first version", () => {
  const [ada, alan, grace] = ["auth0|ada,ai-reader;ai-editor", "okta|alan,", "auth0|grace,ai-reader"];

  test("shows no change for the same people", async () => {
    expect((await diff(OUTPUTS, ada, alan, grace)).summary).toEqual([]);
  });

  test("has everybody declared in it, whoever added them", async () => {
    tenant.join(["auth0|ada", "okta|alan", "auth0|grace", "x|somebody"]);
    tenant.owned = new Set(["auth0|grace"]);
    const { summary, update } = await diff(OUTPUTS, ada, alan);
    expect(summary).toEqual(["1 leaves"]);
    await update();
    expect(tenant.grants()).not.toContain("auth0|grace");
    expect(tenant.grants()).toContain("x|somebody");
    expect(tenant.violations).toEqual([]);
  });

  test("shows what a run that was cut short had reached", async () => {
    expect((await diff(PARTIAL_OUTPUTS, "auth0|ada,ai-reader", "okta|edsger,ai-editor")).summary).toEqual([
      "2 change roles",
    ]);
  });

  test("loses its second resource without a request", async () => {
    const state = { organizationId: "org_1", record: RECORD };
    const known = { inputs: { organizationId: "org_1", __declared: "" }, state };
    expect(await provider.read({ ...baseline, known })).toEqual({ id: "org_1", ...known });
    await provider.delete({ ...baseline, oldInputs: known.inputs, state });
    expect(tenant.log).toEqual([]);
  });
});
