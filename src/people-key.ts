import * as pulumi from "@pulumi/pulumi";

/** The key of the configuration that declares people. */
type PeopleKey = "members" | "membersFile";

/** A RunError, so that Pulumi prints it without a stack trace. */
class PeopleWouldLeave extends pulumi.RunError {
  override readonly name = "PeopleWouldLeave";

  constructor(before: string, now: PeopleKey, stack: string) {
    const project = pulumi.getProject();
    super(
      `The people of stack ${stack} are kept by ${project}:${before}, and the configuration now keeps them by ` +
        `${project}:${now}. Nothing was changed: in one update the new resources would find everybody there ` +
        "already, and the old ones would then be deleted, which takes everybody out of the organization.\n" +
        `next: npx ai-api-access members move --stack ${stack}`,
    );
  }
}

/**
 * Refuses an update in which people go from one key to the other. The state remembers the key: the output of a stash is
 * what it was created with, whatever it is given later.
 *
 * @param name of the component that declares the people
 * @returns what the resources of the people have to depend on, so that it is deleted after the last of them
 * @throws before anything else is declared
 */
export async function rememberKey(name: string, key: PeopleKey): Promise<pulumi.Resource> {
  const stash = new pulumi.Stash(name, { input: key }, { ignoreChanges: ["input"] });
  // Of a run with `--target` that leaves it out nothing is known, and `apply` would wait without an end.
  if (!(await isKnown(stash.output))) return stash;
  const before = await new Promise<unknown>((resolve) => {
    stash.output.apply(resolve);
  });
  if (typeof before === "string" && before !== key) {
    throw new PeopleWouldLeave(before, key, pulumi.getStack());
  }
  return stash;
}

/** Whether this run knows a value. The SDK's declarations leave the property out. */
async function isKnown(output: object): Promise<boolean> {
  return "isKnown" in output && (await output.isKnown) === true;
}
