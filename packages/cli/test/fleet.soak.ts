/** `kill -9` in the middle of `fleet up`: the resumed run takes up the rest, and nothing is there twice. */
import { expect, test } from "@jest/globals";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stringify } from "yaml";
import { twinHome } from "@ai-api-access/local/home.ts";
import { announceTenants } from "@ai-api-access/local/tenants/running.ts";
import { serveTenants, type ServedTenants } from "@ai-api-access/local/tenants/serve.ts";
import { customer } from "@ai-api-access/testing/customers.ts";
import { killAll, processTree } from "@ai-api-access/testing/processes.ts";

const STACKS = 50;
/** As many organizations as there are when everything is killed. */
const KILLED_AT = 20;
const MAIN = join(import.meta.dirname, "..", "src", "main.ts");

test("fifty organizations, killed in the middle and resumed, are there once each", async () => {
  const folder = mkdtempSync(join(tmpdir(), "ai-api-access-fleet-"));
  const home = twinHome(join(folder, "home"));
  const tenants = await serveTenants({ folder: home.tenants, firstPorts: { auth0: 0, okta: 0 } });
  try {
    announceTenants(home.tenants, tenants.access);
    for (let number = 1; number <= STACKS; number++) {
      const name = `customer-${String(number).padStart(2, "0")}`;
      writeFileSync(join(folder, `Pulumi.${name}.yaml`), stringify({ config: customer(name) }));
    }
    const before = held(tenants);

    await fleetUp(folder, home.folder, [], async () => {
      while (held(tenants)[0] - before[0] < KILLED_AT) await sleep(20);
    });
    const resumed = await fleetUp(folder, home.folder, ["--resume"]);

    expect(resumed).toBe(0);
    expect(held(tenants).map((count, kind) => count - (before[kind] ?? 0))).toEqual(before.map(() => STACKS));
  } finally {
    await tenants.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Runs the command, and kills it and everything it started as soon as `until` resolves. Its exit code, null if killed. */
async function fleetUp(
  folder: string,
  home: string,
  args: readonly string[],
  until?: () => Promise<void>,
): Promise<number | null> {
  const child = spawn(
    process.execPath,
    [MAIN, "fleet", "up", "--twin", "--stacks", "customer-*", "--folder", folder, ...args],
    { env: { ...process.env, AI_API_ACCESS_TWIN: home }, stdio: ["ignore", "ignore", "inherit"] },
  );
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  if (until !== undefined) {
    await Promise.race([until(), ended]);
    killAll(await processTree(child.pid ?? 0));
  }
  return ended;
}

/** How much there is of what each stack makes one of: organizations first. */
function held({ auth0, okta }: ServedTenants) {
  const [people, machines] = [auth0.snapshot().collections, okta.snapshot().collections];
  return [
    people.organizations?.length ?? 0,
    people.connections?.length ?? 0,
    people.resource_servers?.length ?? 0,
    machines.apps?.length ?? 0,
    machines.authorization_servers?.length ?? 0,
  ] as const;
}
