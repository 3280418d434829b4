import { FAULT_EXAMPLE } from "@ai-api-access/emulator-core/modes/fault-spec.ts";
import { type Command, InvalidArgumentError } from "commander";
import type { Run } from "../context.ts";

export function registerTenants(program: Command, run: Run): void {
  program
    .command("tenants")
    .description("Serve local stand-ins for an Auth0 tenant and an Okta org on loopback until stopped.")
    .option("--auth0-port <port>", "port of a new Auth0 tenant (0: any; default: 4443)", port)
    .option("--okta-port <port>", "port of a new Okta org (0: any; default: 4480)", port)
    .option(
      "--host <host>",
      "a name to be reached by in place of localhost, or an address to answer at besides loopback (0.0.0.0 for all: " +
        "others can reach it); one of each",
      collected,
    )
    .option("--seed <file>", "YAML: what new tenants hold besides what every tenant does; docs/own-client.md")
    .option(
      "--fault <spec>",
      `what goes wrong, for example '${FAULT_EXAMPLE}'; 'auth0 …' or 'okta …' for one of them; may be repeated`,
      collected,
    )
    .option(
      "--rate-limit <limit>",
      "free, enterprise (the vendor's limits for that plan), or RATE/BURST a second; 'auth0 …' or 'okta …' for one of them",
      collected,
    )
    .option(
      "--lag <time>",
      "how long reads lag behind writes where the vendor documents that they may, for example 2s",
      collected,
    )
    .addHelpText("after", "\ndocs/twin.md says more.")
    .action((options: unknown) =>
      run(async (context) => {
        const { runTenants } = await import("./command.ts");
        return runTenants(options, context);
      }),
    );
}

function port(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= 65_535) return number;
  throw new InvalidArgumentError("Wants a number from 0 to 65535, for example 4443.");
}

function collected(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
