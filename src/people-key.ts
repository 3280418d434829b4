import * as pulumi from "@pulumi/pulumi";
import type { OrganizationConfig } from "./config/organization.ts";
import { namesOf, PEOPLE } from "./organization.ts";

/** The key of the configuration that declares people. */
type PeopleKey = "members" | "membersFile";

/** People who would change keys. */
interface Move {
  readonly organization: string;
  readonly before: string;
  readonly now: PeopleKey;
}

/** A RunError, so that Pulumi prints it without a stack trace. */
class PeopleWouldLeave extends pulumi.RunError {
  override readonly name = "PeopleWouldLeave";

  constructor(moves: readonly Move[], stack: string) {
    const lines = moves.map(
      ({ organization, before, now }) =>
        `The people of organization ${organization} of stack ${stack} are kept by ${before}, and the configuration ` +
        `now keeps them by ${now}.`,
    );
    super(
      `${lines.join("\n")}\nNothing was changed: in one update the new resources would find everybody there ` +
        "already, and the old ones would then be deleted, which takes everybody out of the organization.\n" +
        `next: npx ai-api-access members move --stack ${stack}`,
    );
  }
}

/**
 * Refuses an update in which people go from one key to the other. The state remembers the key: the output of a stash is
 * what it was created with, whatever it is given later.
 *
 * @returns for each organization what the resources of its people have to depend on, so that it is deleted after the
 *   last of them; undefined without people, who may then come by either key
 * @throws before anything else is declared, with every organization whose people would leave
 */
export async function rememberKeys(
  organizations: readonly OrganizationConfig[],
): Promise<(pulumi.Resource | undefined)[]> {
  const remembered = await Promise.all(organizations.map(rememberKey));
  const moves = remembered.flatMap((one) => one?.move ?? []);
  if (moves.length > 0) throw new PeopleWouldLeave(moves, pulumi.getStack());
  return remembered.map((one) => one?.stash);
}

async function rememberKey(organization: OrganizationConfig) {
  const { roster, members } = organization;
  if (roster === undefined && members.length === 0) return undefined;
  const now: PeopleKey = roster === undefined ? "members" : "membersFile";
  const [name, { aliases }] = namesOf(organization, PEOPLE);
  const options = { ignoreChanges: ["input"], ...(aliases && { aliases }) };
  const stash = new pulumi.Stash(name, { input: now }, options);
  // Of a run with `--target` that leaves it out nothing is known, and `apply` would wait without an end.
  if (!(await isKnown(stash.output))) return { stash, move: undefined };
  const before = await new Promise<unknown>((resolve) => {
    stash.output.apply(resolve);
  });
  const isMove = typeof before === "string" && before !== now;
  return { stash, move: isMove ? { organization: organization.name, before, now } : undefined };
}

/** Whether this run knows a value. The SDK's declarations leave the property out. */
async function isKnown(output: object): Promise<boolean> {
  return "isKnown" in output && (await output.isKnown) === true;
}
