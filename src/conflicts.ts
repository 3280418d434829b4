import { AsyncLocalStorage } from "node:async_hooks";
import * as pulumi from "@pulumi/pulumi";

/**
 * From now on a creation that meets a conflict is followed by the command that takes what is there into the stack.
 * Call it before the first resource is declared.
 */
export function adviseOnConflicts(): void {
  // Under mocks there is no stack, and nothing that could meet a conflict.
  if (pulumi.runtime.getStackResource() === undefined) return;
  /** Options by the type and name of the resources: a URN has a parent's type only. */
  const options = new Map<string, pulumi.ResourceOptions>();
  // The engine calls a hook from outside the program, where look-ups and the log would not know which engine is meant.
  const inTheProgram = AsyncLocalStorage.snapshot();
  const hook = new pulumi.ErrorHook("advise-on-conflicts", async (failure) => {
    const { failedOperation, errors, type: token, name, newInputs: inputs = {} } = failure;
    // Most previews and updates meet no error, and do without it.
    const { conflictAdvice, isConflict, resourceTypes } = await import("@ai-api-access/resource-catalog");
    const type = resourceTypes.get(token);
    if (type?.secondCreation === "conflict" && failedOperation === "create" && isConflict(errors[0] ?? "")) {
      await inTheProgram(async () => {
        const { parent, version } = options.get(`${token} ${name}`) ?? {};
        const urn = parent && (await new Promise<string>((resolve) => parent.urn.apply(resolve)));
        // The same plugin as the resource's own.
        const plugin = { ...(parent && { parent }), ...(version !== undefined && { version }) };
        const advice = await conflictAdvice({ type, name, inputs, parent: urn }, (called, given) =>
          pulumi.runtime.invoke(called, given, plugin),
        );
        await pulumi.log.warn(advice);
      });
    }
    return false;
  });
  pulumi.runtime.registerStackTransformation(({ type, name, props, opts }) => {
    if (!/^(auth0|okta):/.test(type)) return undefined;
    options.set(`${type} ${name}`, opts);
    return { props, opts: pulumi.mergeOptions(opts, { hooks: { onError: [hook] } }) };
  });
}
