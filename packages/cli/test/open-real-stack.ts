import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { engine } from "@ai-api-access/testing/engine.ts";
import * as config from "../../../src/config/index.ts";
import { declareStack } from "../../../src/stack.ts";
import { readRealStack } from "../src/shared/stack/real.ts";
import { checkedStack, sourceOf } from "../src/shared/stack/source.ts";

/** Stack `dev` of a project folder, with the program in this process. */
export async function openRealStack(
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Stack> {
  const { pulumi } = await engine();
  const real = await readRealStack({ name: "dev", folder, pulumi, environment });
  const program = { ...config, declareStack };
  return real.open(
    checkedStack({ name: "dev", project: real.project, source: sourceOf(real.config), program }),
  );
}
