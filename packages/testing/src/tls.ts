import { z } from "zod";

const schema = z.object({ key: z.string(), cert: z.string() });

/** A key and a self-signed certificate for localhost, PEM. The certificate is its own CA. */
export type TestTls = z.output<typeof schema>;

/** The one of this run of the tests: made before the first, since to load what makes one takes each file its time. */
export function testTls(): TestTls {
  return schema.parse(JSON.parse(process.env.TEST_TLS ?? "{}"));
}
