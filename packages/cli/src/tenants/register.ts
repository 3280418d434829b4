import { FAULT_EXAMPLE } from "@ai-api-access/emulator-core";
import { type Command, InvalidArgumentError } from "commander";
import { z } from "zod";
import { runCommand } from "../shared/run.ts";

const optionsSchema = z.object({
  auth0Port: z.number().default(4443),
  oktaPort: z.number().default(4480),
  host: z.string().optional(),
  fault: z.array(z.string()).default([]),
  rateLimit: z.array(z.string()).default([]),
  lag: z.array(z.string()).default([]),
});
export type Options = z.output<typeof optionsSchema>;

const port = (text: string): number => {
  const number = z.coerce.number().int().min(0).max(65_535).safeParse(text);
  if (number.success) return number.data;
  throw new InvalidArgumentError("Wants a number from 0 to 65535, for example 4443.");
};
const collected = (value: string, before: string[] = []): string[] => [...before, value];

export function registerTenants(program: Command): void {
  program
    .command("tenants")
    .description("Serve local stand-ins for an Auth0 tenant and an Okta org on loopback until stopped.")
    .option("--auth0-port <port>", "port of a new Auth0 tenant (0: any)", port)
    .option("--okta-port <port>", "port of a new Okta org (0: any)", port)
    .option(
      "--host <address>",
      "an address to answer at besides loopback (0.0.0.0 for all): others can reach it",
    )
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
    .action(async (raw: unknown) => {
      const { tenantsCommand } = await import("./command.ts");
      const options = optionsSchema.parse(raw);
      await runCommand((signal) => tenantsCommand(options, signal));
    });
}
