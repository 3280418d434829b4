/** `kill -9` of the engine at many moments of an `up`, on a stack that the Pulumi CLI keeps: `recover`, `up`, exact. */
import { expect, test } from "@jest/globals";
import { TestTwin } from "@ai-api-access/testing/twin.ts";
import { inventory } from "../../local/test/kills/inventory.ts";
import { killUp } from "./kill-up.ts";
import { RealTestStack } from "./real-stack.ts";

/** Writes that the first `up` makes before it is done. */
const MOMENTS = Array.from({ length: 21 }, (_, writes) => writes + 1);

test("an up that was killed after any number of writes ends exact after recover, and nothing is there twice", async () => {
  const twin = await TestTwin.start();
  try {
    const seeded = [twin.tenants.auth0.snapshot(), twin.tenants.okta.snapshot()] as const;
    const names = async (writes: number) => {
      twin.tenants.auth0.restore(seeded[0]);
      twin.tenants.okta.restore(seeded[1]);
      twin.clearRequests();
      const real = await RealTestStack.begin(twin);
      try {
        const stack = await real.open();
        const left = await killUp(stack, () => twin.writes().length >= writes);
        expect(left ?? []).toEqual([]);
        const { exitCode, stdout, stderr } = await real.run("recover", "--yes");
        expect({ writes, exitCode, stderr, stdout }).toMatchObject({ exitCode: 0, stderr: "" });
        await stack.up({ showSecrets: false });
        expect((await stack.preview({ refresh: true })).changeSummary).toEqual({ same: 27 });
        return await inventory(twin.tenants.access);
      } finally {
        real.remove();
      }
    };
    const undisturbed = await names(Infinity);
    for (const writes of MOMENTS) expect(await names(writes)).toEqual(undisturbed);
  } finally {
    await twin.close();
  }
});
