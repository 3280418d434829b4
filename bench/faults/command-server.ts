/** Runs commands of the local stack, one after the other, for the process that started this one. */
import { z } from "zod";
import { inSession } from "../../local/twin/session.ts";
import { twinHome } from "../../local/twin/home.ts";

export const orderSchema = z.object({
  /** Where the twin of the command keeps things; its tenants are being served. */
  folder: z.string(),
  providers: z.enum(["official", "stand-in"]),
  command: z.enum(["up", "preview"]),
  refresh: z.boolean(),
});
export type Order = z.infer<typeof orderSchema>;

/** How a command ended, and all that it said. */
export const ranSchema = z.object({ ok: z.boolean(), output: z.string() });
export type Ran = z.infer<typeof ranSchema>;

async function carryOut({ folder, providers, command, refresh }: Order): Promise<Ran> {
  const said: string[] = [];
  const say = (line: string) => {
    said.push(line, "\n");
  };
  try {
    await inSession(
      { home: twinHome(folder), providers, say, signal: new AbortController().signal },
      (twin) => twin.run(command, { refresh, onOutput: (text) => said.push(text) }),
    );
    return { ok: true, output: said.join("") };
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return { ok: false, output: said.join("") };
  }
}

process.on("message", (message) => {
  void carryOut(orderSchema.parse(message)).then((ran) => process.send?.(ran));
});
