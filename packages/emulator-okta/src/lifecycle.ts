import type { z } from "zod";
import type { Parts, Route } from "@ai-api-access/emulator-core";
import { route } from "./context.ts";
import type { OktaContext } from "./context.ts";

/** Okta's pair of operations that put something into use and out of it. */
interface Lifecycle<P extends z.ZodType> {
  readonly access: readonly string[];
  /** Of the thing itself. */
  readonly path: string;
  /** What the names of the operations have after `activate` and `deactivate`. */
  readonly of: string;
  readonly success: 200 | 204;
  readonly params: P;
  /** Gives the body of the answer. */
  readonly set: (
    status: "ACTIVE" | "INACTIVE",
    parts: Parts<z.output<P>, unknown, unknown>,
    context: OktaContext,
  ) => unknown;
}

/** The routes `…/lifecycle/activate` and `…/lifecycle/deactivate` of something. */
export function lifecycleRoutes<P extends z.ZodType>(lifecycle: Lifecycle<P>): Route<OktaContext>[] {
  const { path, of, set, ...common } = lifecycle;
  return (["activate", "deactivate"] as const).map((turn) =>
    route({
      ...common,
      method: "POST",
      path: `${path}/lifecycle/${turn}`,
      operation: `${turn}${of}`,
      handler: (parts, context) => set(turn === "activate" ? "ACTIVE" : "INACTIVE", parts, context),
    }),
  );
}
