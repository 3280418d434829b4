/** One verifier in a process of its own. Its first message says which, each further one how much to verify. */
import { performance } from "node:perf_hooks";
import { z } from "zod";
import { MAKE, trustSchema, verifierSchema, type Verify } from "./verifiers.ts";

const setupSchema = z.object({ verifier: verifierSchema, trust: trustSchema, tokens: z.array(z.string()) });
export type Setup = z.infer<typeof setupSchema>;

const orderSchema = z.object({ verifications: z.number(), atOnce: z.number() });
export type Order = z.infer<typeof orderSchema>;

// Of a verifier that speaks of an issuer on http.
console.warn = () => undefined;

process.once("message", (setup) => {
  const { verifier, trust, tokens } = setupSchema.parse(setup);
  void Promise.resolve(MAKE[verifier](trust)).then((verify) => {
    process.on("message", (order) => {
      void slice(verify, tokens, orderSchema.parse(order)).then((done) => process.send?.(done));
    });
    process.send?.("ready");
  });
});
process.once("disconnect", () => process.exit(0));

/** Verifies so many tokens, always so many of them at once. */
async function slice(verify: Verify, tokens: readonly string[], { verifications, atOnce }: Order) {
  const milliseconds: number[] = [];
  let begun = 0;
  const worker = async (): Promise<void> => {
    while (begun < verifications) {
      const token = tokens[begun++ % tokens.length] ?? "";
      const start = performance.now();
      await verify(token);
      milliseconds.push(performance.now() - start);
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: atOnce }, worker));
  return { seconds: (performance.now() - start) / 1000, milliseconds };
}
