/** The whole product in one run: the stack comes up, the API gets its configuration, and callers try their luck. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@ai-api-access/user-error";
import { tryLock } from "@ai-api-access/emulator-core/machine/lock.ts";
import { PEOPLE } from "@ai-api-access/emulator-auth0/people.ts";
import { demoLockFile, twinHome } from "../home.ts";
import { checkedConfig, loadProgram, type StackConfig } from "../program.ts";
import { readLocalStack, type ConfigValues } from "../project.ts";
import type { ProviderKind } from "../providers.ts";
import { inSession } from "../session.ts";
import type { TenantAccess } from "../tenants/access.ts";
import { announceTenants, forgetTenants } from "../tenants/running.ts";
import { serveTenants } from "../tenants/serve.ts";
import type { Twin } from "../twin.ts";
import { startApi, writeAppConfig, type RunningApi } from "./api.ts";
import { mcpCalls } from "./mcp-calls.ts";
import { mcpCallers, mcpStage, openTenant, type McpStage } from "./mcp.ts";
import { signInByHand } from "./by-hand.ts";
import { calls } from "./calls.ts";
import { DemoClock } from "./clock.ts";
import { serviceApp } from "./machines.ts";
import { demoOutputsSchema, type DemoOutputs } from "./outputs.ts";
import { whyNobody, type Organization } from "./expected.ts";
import { loginApplication, signIn, signInAtOkta, signUpAndIn } from "./people.ts";
import { asExpected, doAll, renderTable } from "./table.ts";
import { anotherApplication, anotherOrganization, callTenant, readApplication } from "./tenant.ts";
import { trustLocalCa } from "./trust.ts";

export interface DemoOptions {
  /** Ends after the table. */
  readonly ci: boolean;
  /** Replaces whole keys of the local stack's config. */
  readonly config: ConfigValues;
  readonly providers?: ProviderKind | undefined;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** What a tenant has to allow before an application may insist on it. */
const PUSHED = { pushed_authorization_requests_supported: true };
const TWO_DAYS = 2 * 24 * 60 * 60 * 1000;
const ADA = `auth0|${PEOPLE[0]?.id ?? ""}`;

/**
 * Runs the demo from nothing, in a home of its own beside the one of `npm start`.
 *
 * @returns whether every call went as expected
 */
export async function runDemo(options: DemoOptions): Promise<boolean> {
  const { say } = options;
  const shared = twinHome();
  const folder = join(shared.folder, "demo");
  const lock = tryLock(demoLockFile(shared));
  if (lock === undefined)
    throw new UserError("Another demo is at work here. Stop it (Ctrl-C), then run this again.");
  rmSync(folder, { recursive: true, force: true });
  const home = twinHome(folder);
  const clock = new DemoClock();
  const tenants = await serveTenants({
    folder: home.tenants,
    firstPorts: { auth0: 0, okta: 0 },
    clock: clock.now,
    onNotice: say,
  });
  announceTenants(home.tenants, tenants.access);
  trustLocalCa(tenants.access.caFile);
  let mcp: McpStage | undefined;
  try {
    mcp = await mcpStage(options.config);
    const config = { ...options.config, ...mcp?.config };
    if (mcp !== undefined) await openTenant(tenants.access);
    return await inSession({ ...options, config, home }, async (twin, access) => {
      const outputs = await up(twin, options);
      const masked = await twin.outputs();
      const configFile = await writeAppConfig(masked, home.folder);
      say(`App configuration   ${configFile}`);
      const api = await startApi(configFile, access.caFile);
      say(`API                 ${api.origin}   (examples/ai-api)`);
      let mcpServer: RunningApi | undefined;
      try {
        if (mcp !== undefined) {
          mcpServer = await mcp.serve(configFile, access.caFile);
          say(`MCP server          ${mcp.url.href}   (examples/mcp-server)`);
        }
        say("");
        const good = await show({ ...options, config, outputs, access, clock, api, mcp });
        if (!options.ci && !options.signal.aborted) {
          say("");
          await signInByHand({ ...options, outputs: masked, access, api });
        }
        return good;
      } finally {
        await mcpServer?.close();
        await api.close();
      }
    });
  } finally {
    await mcp?.close();
    forgetTenants(home.tenants);
    await tenants.close();
    lock.release();
  }
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

/** What the table says nothing of, and why. */
function leftOut({ config, mcp }: { config: StackConfig; mcp: unknown }, shown: Organization): string[] {
  const nobody = whyNobody(shown);
  const others = config.organizations.filter((one) => one !== shown).map(({ name }) => name);
  return [
    ...(nobody === undefined ? [] : [nobody]),
    ...(config.serviceApp === undefined
      ? ["No machine asked for a token: the stack has no service app."]
      : []),
    ...(mcp === undefined
      ? [
          "Nobody came over MCP: that takes one organization, an API of the stack's own with ai:read and ai:write, at an identifier that the demo chooses, and tokens that need no key.",
        ]
      : []),
    ...(others.length === 0
      ? []
      : [`People signed in to ${shown.name}. The stack also has ${others.join(", ")}.`]),
  ];
}

interface Stage extends DemoOptions {
  readonly outputs: DemoOutputs;
  readonly access: TenantAccess;
  readonly clock: DemoClock;
  readonly api: RunningApi;
  readonly mcp: McpStage | undefined;
}

/** @returns whether every call went as expected */
async function show({ outputs, access, clock, api, mcp, config: values, say }: Stage): Promise<boolean> {
  const { appConfig, connectionId } = outputs;
  const { clientId } = appConfig.auth0;
  if (clientId === undefined) {
    throw new UserError("The demo signs people in, and the stack has no login application.", {
      next: "add ai-api-access:loginApp to Pulumi.local.yaml",
    });
  }
  const config = checkedConfig(await loadProgram(), {
    "auth0:domain": access.auth0.domain,
    ...readLocalStack(values).config,
  });
  const organization = config.organizations.find(({ name }) => name === appConfig.auth0.organizationName);
  if (organization === undefined)
    throw new Error("The stack has another organization than its configuration.");
  const known = await readApplication(access, clientId);
  if (known.pushes) await callTenant(access, "PATCH", "/tenants/settings", PUSHED);
  const application = await loginApplication(appConfig, known, known.callbacks[0] ?? "");
  const withKey = await loginApplication(appConfig, known, known.callbacks[0] ?? "", { bound: true });
  const other = await anotherApplication(access, connectionId);
  const stranger = await loginApplication(appConfig, other, other.callbacks[0] ?? "");
  const machine = appConfig.okta && (await serviceApp(appConfig.okta));
  const overMcp = mcp && mcpCalls({ config, organization, ...mcpCallers(mcp, access, outputs) });
  const done = await doAll([
    ...calls({
      api,
      config,
      organization,
      ids: appConfig.auth0.organizations,
      tokens: {
        machine: machine && {
          token: machine,
          expired: () => clock.earlier(TWO_DAYS, () => machine("ai:read")),
        },
        person: (email, organization) => signIn(application, email, organization),
        atOkta: (connection, email) => signInAtOkta(application, connection, email),
        bound: (email) => signIn(withKey, email),
        anotherApplication: (email) => signIn(stranger, email),
        stranger: () => signUpAndIn(application, other),
      },
      anotherOrganization: await anotherOrganization(access, outputs, ADA),
    }),
    ...(overMcp ?? []),
  ]);
  say(renderTable(done));
  const wrong = done.filter((row) => !asExpected(row));
  say(
    wrong.length === 0
      ? `All ${done.length} as expected.`
      : `${wrong.length} of ${done.length} NOT as expected.`,
  );
  for (const line of leftOut({ config, mcp }, organization)) say(line);
  return wrong.length === 0;
}
