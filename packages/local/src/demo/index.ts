/** The whole product in one run: the stack comes up, the API gets its configuration, and callers try their luck. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@ai-api-access/user-error";
import { execa } from "execa";
import { z } from "zod";
import { tryLock } from "../machine/lock.ts";
import { repositoryRoot } from "../machine/folders.ts";
import { PEOPLE } from "@ai-api-access/emulator-auth0/people.ts";
import { twinHome } from "../home.ts";
import type { Outputs } from "../outputs.ts";
import type { ConfigValues } from "../project.ts";
import { readLocalStack } from "../project.ts";
import type { ProviderKind } from "../providers.ts";
import { inSession } from "../session.ts";
import type { TenantAccess } from "../tenants/access.ts";
import { announceTenants, forgetTenants } from "../tenants/running.ts";
import { serveTenants } from "../tenants/serve.ts";
import type { Twin } from "../twin.ts";
import { anotherApplication, anotherOrganization, secretOf } from "./others.ts";
import { startApi, type RunningApi } from "./api.ts";
import { calls } from "./calls.ts";
import { DemoClock } from "./clock.ts";
import { serviceApp } from "./machines.ts";
import { demoOutputsSchema, type DemoOutputs } from "./outputs.ts";
import { loginApplication, signIn } from "./people.ts";
import { openSite, type Site } from "./site.ts";
import { asExpected, doAll, renderTable } from "./table.ts";
import { trustLocalCa } from "./trust.ts";

export interface DemoOptions {
  /** Ends after the table. */
  readonly ci: boolean;
  readonly providers?: ProviderKind | undefined;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

const TWO_DAYS = 2 * 24 * 60 * 60 * 1000;
const ADA = `auth0|${PEOPLE[0]?.id ?? ""}`;

/**
 * Runs the demo from nothing, in a home of its own beside the one of `npm start`.
 *
 * @returns whether every call went as expected
 */
export async function runDemo(options: DemoOptions): Promise<boolean> {
  const { say } = options;
  const folder = join(twinHome().folder, "demo");
  const lock = tryLock(join(twinHome().folder, "demo.lock.sqlite"));
  if (lock === undefined)
    throw new UserError("Another demo is at work here. Stop it (Ctrl-C), then run this again.");
  rmSync(folder, { recursive: true, force: true });
  const home = twinHome(folder);
  const clock = new DemoClock();
  const site = await openSite();
  const tenants = await serveTenants({
    folder: home.tenants,
    firstPorts: { auth0: 0, okta: 0 },
    clock: clock.now,
    onNotice: say,
  });
  announceTenants(home.tenants, tenants.access);
  trustLocalCa(tenants.access.caFile);
  try {
    return await inSession({ ...options, home, config: demoConfig(site) }, async (twin, access) => {
      const outputs = await up(twin, options);
      const configFile = join(home.folder, "app-config.json");
      await writeAppConfig(await twin.outputs(), configFile);
      say(`App configuration   ${configFile}`);
      const api = await startApi(configFile, access.caFile);
      say(`API                 ${api.origin}   (examples/ai-api)\n`);
      try {
        return await show({ ...options, outputs, access, clock, site, api });
      } finally {
        await api.close();
      }
    });
  } finally {
    forgetTenants(home.tenants);
    await Promise.all([tenants.close(), site.close()]);
    lock.release();
  }
}

/** As `ai-api-access app-config` does. The API checks tokens and asks for none, so it needs no secret. */
async function writeAppConfig(outputs: Outputs, file: string): Promise<void> {
  const command = [
    join(repositoryRoot, "packages/cli/src/main.ts"),
    "app-config",
    "--from",
    "-",
    "--format",
    "json",
    "--out",
    file,
  ];
  const { failed, stderr } = await execa(process.execPath, command, {
    input: JSON.stringify(outputs),
    reject: false,
  });
  if (failed) throw new UserError(`The app configuration could not be written:\n${stderr}`);
}

/** Nobody becomes a member by signing in, and the people are those that the tenant is seeded with. */
function demoConfig({ callback, origin }: Site): ConfigValues {
  const loginApp = z.looseObject({}).parse(readLocalStack().config["ai-api-access:loginApp"]);
  return {
    "ai-api-access:connection": {
      existing: "Username-Password-Authentication",
      assignMembershipOnLogin: false,
    },
    "ai-api-access:loginApp": { ...loginApp, callbacks: [callback], logoutUrls: [origin] },
  };
}

async function up(twin: Twin, { signal }: DemoOptions): Promise<DemoOutputs> {
  await twin.run("up", {
    signal,
    suppressOutputs: true,
    color: process.stdout.isTTY ? "always" : "never",
    onOutput: (text) => process.stdout.write(text),
  });
  return demoOutputsSchema.parse(await twin.outputs(true));
}

interface Stage extends DemoOptions {
  readonly outputs: DemoOutputs;
  readonly access: TenantAccess;
  readonly clock: DemoClock;
  readonly site: Site;
  readonly api: RunningApi;
}

async function show({ outputs, access, clock, site, api, ci, say, signal }: Stage): Promise<boolean> {
  const { appConfig } = outputs;
  const secret = await secretOf(access, appConfig.auth0.clientId);
  const application = await loginApplication(appConfig, secret, site.callback);
  const other = await anotherApplication(access, outputs, site.callback);
  const stranger = await loginApplication(
    { ...appConfig, auth0: { ...appConfig.auth0, clientId: other.clientId } },
    other.clientSecret,
    site.callback,
  );
  const machine = await serviceApp(appConfig);
  const done = await doAll(
    calls(
      api,
      {
        machine,
        person: (email, organization) => signIn(application, email, organization),
        anotherApplication: (email) => signIn(stranger, email),
        expired: () => clock.earlier(TWO_DAYS, () => machine("ai:read")),
      },
      await anotherOrganization(access, outputs, ADA),
    ),
  );
  say(renderTable(done));
  const wrong = done.filter((row) => !asExpected(row));
  say(
    wrong.length === 0
      ? `All ${done.length} as expected.`
      : `${wrong.length} of ${done.length} NOT as expected.`,
  );
  if (!ci && !signal.aborted) {
    const { pagesOrigin } = access.auth0;
    site.serve({ application, api, pagesOrigin, organization: appConfig.auth0.organizationName });
    say(`\nSign in by hand:    ${site.origin}   (the login page offers the people to sign in as)`);
    say("Ctrl-C stops everything.");
    await new Promise((stopped) => {
      signal.addEventListener("abort", stopped, { once: true });
    });
  }
  return wrong.length === 0;
}
