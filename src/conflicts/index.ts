/**
 * The vendors refuse a second thing of one name (409, "already exists"), and the providers only pass that on. What is
 * there may be somebody else's; it may also be the stack's own, made by a run that was killed or whose answer was lost.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import * as pulumi from "@pulumi/pulumi";
import { importIds, type Inputs } from "./ids.ts";

const CONFLICT = /\b409\b|already exists|already been added/;

/**
 * From now on a creation that meets a conflict is followed by the command that takes what is there into the stack.
 * Call it before the first resource is declared.
 */
export function adviseOnConflicts(): void {
  // Under mocks there is no stack, and nothing that could meet a conflict.
  if (pulumi.runtime.getStackResource() === undefined) return;
  /** Parents by the type and name of their children: a URN tells of a parent's type only. */
  const parents = new Map<string, pulumi.Resource>();
  // The engine calls a hook from outside the program, where look-ups and the log would not know which engine is meant.
  const inTheProgram = AsyncLocalStorage.snapshot();
  const hook = new pulumi.ErrorHook("advise-on-conflicts", async (failure) => {
    const { failedOperation, errors, type, name, newInputs = {} } = failure;
    if (failedOperation === "create" && CONFLICT.test(errors[0] ?? "")) {
      await inTheProgram(async () => {
        await pulumi.log.warn(await advice(type, name, newInputs, parents.get(`${type} ${name}`)));
      });
    }
    return false;
  });
  pulumi.runtime.registerStackTransformation(({ type, name, props, opts }) => {
    if (importIds[type] === undefined) return undefined;
    if (opts.parent !== undefined) parents.set(`${type} ${name}`, opts.parent);
    return { props, opts: pulumi.mergeOptions(opts, { hooks: { onError: [hook] } }) };
  });
}

async function advice(
  type: string,
  name: string,
  inputs: Inputs,
  parent: pulumi.Resource | undefined,
): Promise<string> {
  const known = importIds[type];
  const id = await known?.find(inputs).catch(() => known.example);
  const urn = parent && (await new Promise<string>((resolve) => parent.urn.apply(resolve)));
  const command = [
    `pulumi import ${type} ${quoted(name)} ${quoted(id ?? "ID")}`,
    ...(urn === undefined ? [] : [`--parent 'parent=${urn}'`]),
    // The people of a connection are worth the protection that an import gives.
    ...(type.endsWith(":Connection") ? [] : ["--protect=false"]),
    "--generate-code=false",
  ].join(" ");
  return (
    `${name} is in the tenant already, and not in the state. If it is this stack's own (made by hand, or by a run ` +
    `that was cut short), take it in and run again:\n  ${command}\n` +
    "If it is somebody else's, choose another name. See docs/troubleshooting.md#409-conflict"
  );
}

/** As a shell takes it. */
function quoted(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
