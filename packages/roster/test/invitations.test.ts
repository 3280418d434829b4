/** Claims: somebody is invited once, whatever happens to the run, and an invitation is kept as long as it matters. */
import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { isProperties } from "@ai-api-access/provider-kit";
import type { PlainProperties } from "@ai-api-access/provider-kit";
import { auth0Tenant } from "../src/auth0.ts";
import { createInvitation, deleteInvitation, diffOfInvitation, readInvitation } from "../src/invitation.ts";
import { bringInvitations, readSent, writeSent } from "../src/invitations.ts";
import type { SentInvitations } from "../src/invitations.ts";
import { Halted } from "../src/tenant.ts";
import type { Tenant } from "../src/tenant.ts";
import { plain } from "./support/roster-engine.ts";
import { RosterTenant } from "./support/roster.ts";

const DAY = 24 * 3600 * 1000;
const NEW = "new@example.com";

/** As the plugin sees it: the tenant has a clock of its own. */
let now = Date.now();
let at: RosterTenant;
let tenant: Tenant;
let clientId = "";
let seeded: ReturnType<RosterTenant["tenant"]["snapshot"]>;
beforeAll(async () => {
  at = await RosterTenant.create(2);
  clientId = await at.application();
  tenant = auth0Tenant(at.client);
  seeded = at.tenant.snapshot();
});
afterAll(() => at.close());
beforeEach(() => {
  at.tenant.restore(seeded);
  now = Date.now();
});

const about = { urn: "urn:invitation", name: "invitation", type: "roster:index:Invitation" };
const inputs = (more: PlainProperties = {}): PlainProperties => ({
  ...{
    organizationId: at.organization,
    clientId,
    email: NEW,
    roles: [at.roles[0], at.roles[1]],
    inviter: "Acme",
  },
  ...more,
});
const create = () => createInvitation({ ...about, inputs: inputs(), preview: false }, { tenant, now });
const read = (id: string) =>
  readInvitation({ ...about, id, known: { inputs: inputs(), state: inputs() } }, { tenant, now });

test("an invitation that a lost run has sent is taken over, and one that is too old is not", async () => {
  const { id } = await create();
  expect((await create()).id).toBe(id);
  expect(await at.invited()).toEqual([NEW]);
  now += 31 * DAY;
  expect((await create()).id).not.toBe(id);
});

test("it is gone once it is too old or withdrawn by hand, and kept once the person has come", async () => {
  const { id } = await create();
  expect(await read(id)).toBeDefined();
  now += 31 * DAY;
  expect(await read(id)).toBeUndefined();
  await deleteInvitation({ ...about, id, oldInputs: inputs(), state: inputs() }, { tenant });
  expect([await read(id), await at.invited()]).toEqual([undefined, []]);
  const { id: next } = await create();
  await at.accept(NEW);
  expect(await read(next)).toBeDefined();
  // Nothing is left to withdraw, and nobody loses the membership.
  await deleteInvitation({ ...about, id: next, oldInputs: inputs(), state: inputs() }, { tenant });
  expect(Object.values(at.holdings())).toEqual([[at.roles[0], at.roles[1]].sort()]);
});

test("other roles or another application are another invitation; another order or inviter is none", () => {
  const diff = (more: PlainProperties) =>
    diffOfInvitation({
      ...{ ...about, id: "uinv_1", state: inputs(), oldInputs: inputs() },
      ...{ inputs: inputs(more), ignoreChanges: [] },
    }).changes.map(({ path }) => path);
  expect(diff({ roles: [at.roles[1], at.roles[0]], inviter: "Acme Inc" })).toEqual([]);
  expect(diff({ roles: [at.roles[1]], clientId: "another" })).toEqual(["clientId", "roles"]);
});

/** As a roster's state keeps them. */
const stored = (sent: SentInvitations): SentInvitations => readSent(plain(writeSent(sent)));
const wanted = (...emails: string[]) => new Map(emails.map((email) => [email, new Set([at.roles[0]])]));
const bring = (before: SentInvitations, people: ReturnType<typeof wanted>, over: Partial<Tenant> = {}) =>
  bringInvitations(before, people, {
    ...{ tenant: { ...tenant, ...over }, organization: at.organization, now },
    inviter: { clientId, name: "Acme" },
  });

test("what a roster could not send it sends the next time, and nothing twice", async () => {
  const halts = async (): Promise<string> => {
    await at.byHand("POST", `/organizations/${at.organization}/invitations`, {
      ...{ inviter: { name: "Acme" }, invitee: { email: NEW }, client_id: clientId, roles: [at.roles[0]] },
    });
    throw new Halted("no answer", { unconfirmed: true });
  };
  const first = await bring(new Map(), wanted(NEW), { invite: halts });
  expect(first).toMatchObject({ halted: "no answer", refusals: [] });
  const { sent, ...rest } = await bring(stored(first.sent), wanted(NEW, "later@example.com"));
  expect(rest).toEqual({ halted: undefined, refusals: [] });
  expect(await at.invited()).toEqual(["later@example.com", NEW]);
  at.takeRequests();
  expect((await bring(stored(sent), wanted(NEW, "later@example.com"))).sent).toEqual(sent);
  expect(at.takeRequests()).toEqual([]);
});

test("a refused invitation is reported, and everybody else is invited", async () => {
  const { sent, refusals } = await bring(
    new Map(),
    new Map([...wanted(NEW), ["other@example.com", new Set(["rol_AbCdEf1234567890"])]]),
  );
  expect(refusals).toEqual([
    { email: "other@example.com", reason: expect.stringContaining("roles do not exist") },
  ]);
  expect([...sent.keys()]).toEqual([NEW]);
});

test("other roles take the old invitation back first", async () => {
  const { sent } = await bring(new Map(), wanted(NEW));
  const other = new Map([[NEW, new Set([at.roles[1]])]]);
  const { sent: now } = await bring(stored(sent), other);
  expect(await at.invited()).toEqual([NEW]);
  expect(now.get(NEW)?.roles).toEqual(new Set([at.roles[1]]));
  expect(isProperties(plain(writeSent(now)).__invitations)).toBe(true);
});
