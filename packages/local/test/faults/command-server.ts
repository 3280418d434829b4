/** Runs commands of the local stack, one after the other, for the process that started this one. */
import { twinHome } from "@ai-api-access/local/home.ts";
import { inSession } from "@ai-api-access/local/session.ts";
import { orderSchema, type Order, type Ran } from "./order.ts";

async function runOrder({ folder, providers, command, refresh }: Order): Promise<Ran> {
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
  void runOrder(orderSchema.parse(message)).then((ran) => process.send?.(ran));
});
