/** Before the first test: the engine is there, which is not part of any test's time, a certificate, and what keeps the stacks' keys. */
import { findEngine } from "@ai-api-access/local/engine/index.ts";
import { makeTls } from "@ai-api-access/testing/make-tls.ts";
import { serveVault } from "@ai-api-access/testing/vault.ts";

export default async function setup() {
  // The engine lives for a second in a run; collecting its garbage is a tenth of that.
  process.env.GOGC ??= "off";
  process.env.GOMEMLIMIT ??= "512MiB";
  process.env.TEST_TLS = JSON.stringify(await makeTls());
  await serveVault();
  await findEngine({ onProgress: (line) => console.log(line) });
}
