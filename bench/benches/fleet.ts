import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stringify } from "yaml";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { serveTenants, type ServedTenants } from "@ai-api-access/local/tenants/serve.ts";
import { announceTenants } from "@ai-api-access/local/tenants/running.ts";
import { twinHome } from "@ai-api-access/local/home.ts";
import { customer } from "@ai-api-access/testing/customers.ts";
import { processTree } from "@ai-api-access/testing/processes.ts";
import type { Bench } from "../kit/bench.ts";
import { goOn } from "../kit/processes.ts";
import { seconds } from "../kit/report.ts";

const STACKS = 50;
const PARALLEL = 4;
/** As many organizations as there are when everything is killed. */
const KILLED_AT = 20;

const names = Array.from({ length: STACKS }, (_, index) => `customer-${String(index + 1).padStart(2, "0")}`);

export const fleet: Bench = {
  name: "fleet",
  description: `${String(STACKS)} organizations brought up on one pair of tenants, killed in the middle and resumed; only when named`,
  onlyByName: true,
  async run({ say }) {
    const folder = mkdtempSync(join(tmpdir(), "ai-api-access-fleet-"));
    const home = twinHome(join(folder, "home"));
    const tenants = await serveTenants({ folder: home.tenants, firstPorts: { auth0: 0, okta: 0 } });
    announceTenants(home.tenants, tenants.access);
    for (const name of names) {
      writeFileSync(join(folder, `Pulumi.${name}.yaml`), stringify({ config: customer(name) }));
    }
    const before = held(tenants);
    try {
      const first = await run(folder, home.folder, ["--parallel", String(PARALLEL)], async () => {
        while (organizations(tenants) < KILLED_AT) await sleep(20);
      });
      say(`fleet: killed with ${String(organizations(tenants))} organizations`);
      goOn();
      const resumed = await run(folder, home.folder, ["--parallel", String(PARALLEL), "--resume"]);
      goOn();
      const again = await run(folder, home.folder, ["--parallel", String(PARALLEL)]);
      const counted = (output: string, what: RegExp): string => String([...output.matchAll(what)].length);
      const row = (title: string, { output, code, elapsed }: Ran): string[] => [
        title,
        code === null ? "killed" : String(code),
        counted(output, /^\[\d+\/\d+\] .*created \(/gm),
        counted(output, /was done before$/gm),
        counted(output, /^\[\d+\/\d+\] .*unchanged \(/gm),
        counted(output, /^\[\d+\/\d+\] .*failed \(/gm),
        seconds(elapsed),
      ];
      return {
        title: "Fifty organizations",
        how: [
          `\`npx ai-api-access fleet up --twin\` on ${String(STACKS)} stacks of one organization each, ${String(PARALLEL)} at a time, on one pair of tenants; the command and all it had started were killed (SIGKILL) at ${String(KILLED_AT)} organizations, then it was run with \`--resume\`, then once more from the beginning.`,
          `At the end the tenants held ${held(tenants)
            .map(({ kind, count }, index) => `${String(count - (before[index]?.count ?? 0))} ${kind}`)
            .join(", ")} more than before.`,
        ],
        columns: ["run", "exit code", "created", "done before", "unchanged", "failed", "wall time"],
        rows: [row("up, killed", first), row("up --resume", resumed), row("up again", again)],
      };
    } finally {
      await tenants.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

interface Ran {
  readonly output: string;
  /** Null when it was killed. */
  readonly code: number | null;
  readonly elapsed: number;
}

/** Runs the command; kills it and everything it started as soon as `until` resolves. */
async function run(
  folder: string,
  home: string,
  args: readonly string[],
  until?: () => Promise<void>,
): Promise<Ran> {
  const script = join(repositoryRoot, "packages", "cli", "src", "main.ts");
  const begun = performance.now();
  const child = spawn(
    process.execPath,
    [script, "fleet", "up", "--twin", "--stacks", "customer-*", "--folder", folder, ...args],
    { env: { ...process.env, AI_API_ACCESS_TWIN: home }, stdio: ["ignore", "pipe", "pipe"] },
  );
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => said.push(String(text)));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  if (until !== undefined) {
    await Promise.race([until(), ended]);
    for (const { pid } of await processTree(child.pid ?? 0)) process.kill(pid, "SIGKILL");
  }
  return { code: await ended, output: said.join(""), elapsed: (performance.now() - begun) / 1000 };
}

function organizations({ auth0 }: ServedTenants): number {
  return auth0.snapshot().collections.organizations?.length ?? 0;
}

/** How much of each kind there is that every organization has one of, and a second one could be. */
function held({ auth0, okta }: ServedTenants): { readonly kind: string; readonly count: number }[] {
  const [people, machines] = [auth0.snapshot().collections, okta.snapshot().collections];
  return [
    { kind: "organizations", count: people.organizations?.length ?? 0 },
    { kind: "connections", count: people.connections?.length ?? 0 },
    { kind: "APIs", count: people.resource_servers?.length ?? 0 },
    { kind: "service apps", count: machines.apps?.length ?? 0 },
    { kind: "authorization servers", count: machines.authorization_servers?.length ?? 0 },
  ];
}
