/** The three steps of a rotation. Each says what comes next. */
import { UserError } from "@ai-api-access/user-error";
import { deployed, upCommand, type DeployedOptions } from "./deployed.ts";
import { newKeyPair, newKid } from "./key-pair.ts";
import { destinationOf } from "./private-key.ts";
import { openStackFile, type StackFile } from "./stack-file.ts";
import { readPrivateKey, refusalOf } from "./try-key.ts";

/** A stack, and where its files are. */
type Of = DeployedOptions & { readonly say: (line: string) => void };

export interface NewOptions extends Of {
  /** A path, or `-` for standard output. */
  readonly out: string;
  readonly kid: string | undefined;
  /** Of the modulus. */
  readonly bits: number;
}

/** Makes a key pair: the public key goes beside the one in use, the private key out of the repository. */
export async function makeKey({ stack, folder, out, kid: wanted, bits, say }: NewOptions): Promise<void> {
  const file = openStackFile(folder, stack);
  file.refuseFull();
  if (wanted !== undefined && file.kids.includes(wanted)) {
    throw new UserError(`--kid: got ${wanted}, the id of a key that is there already; wants another one.`);
  }
  const destination = await destinationOf(out);
  const kid = wanted ?? newKid(stack, file.kids);
  const { publicKey, privateKey } = await newKeyPair(kid, bits);
  // The private key first: a public key alone would be of no use, and could not be told from a good one.
  destination.write(privateKey);
  try {
    file.add(publicKey);
  } catch (error) {
    destination.takeBack();
    throw error;
  }
  say(`Made the key ${kid} (RSA, ${String(bits)} bits).`);
  say(`  private key: ${destination.name}`);
  say(`  public key:  ${file.path}${beside(file)}`);
  say("Next:");
  say(`  ${upCommand(stack)}`);
  say(`  npx ai-api-access keys activate --stack ${stack} --key ${out === "-" ? "FILE" : destination.name}`);
}

function beside({ kids }: StackFile): string {
  return kids.length === 0 ? "" : `, beside ${kids.join(", ")}`;
}

export interface ActivateOptions extends Of {
  /** The file of the private key, or `-` for standard input; without it the state is asked. */
  readonly key: string | undefined;
}

/** Says which key to sign with from now on, once it is taken. */
export async function activateKey({ key: keyFile, say, ...of }: ActivateOptions): Promise<void> {
  const { stack, folder } = of;
  const file = openStackFile(folder, stack);
  const newest = file.kids.at(-1);
  if (newest === undefined) {
    throw new UserError(
      `${file.path} has no key yet: npx ai-api-access keys new --stack ${stack} --out FILE`,
    );
  }
  if (keyFile === undefined) {
    await refuseUndeployed(of, newest);
    say(`The last update of ${stack} gave ${newest} to the app.`);
    say("To see that Okta takes it, too: the same command with --key FILE.");
  } else {
    const key = readPrivateKey(keyFile);
    if (key.kid !== newest) {
      throw new UserError(`--key: got the key ${key.kid}; wants ${newest}, the last one in ${file.path}.`);
    }
    const refusal = await refusalOf(key, await deployed(of).outputs());
    if (refusal !== undefined) {
      throw new UserError(`Okta does not take ${newest} yet (${refusal}).\nNext: ${upCommand(stack)}`);
    }
    say(`Okta takes ${newest}: it gave a token for a request signed with it.`);
  }
  const older = file.kids.slice(0, -1);
  say(`Sign with ${newest} from now on.`);
  if (older.length === 0) return;
  say(`${older.join(", ")} stays good until it is retired. Once no application signs with it any more:`);
  say(`  npx ai-api-access keys retire --stack ${stack}`);
  say(`  ${upCommand(stack)}`);
}

/** Takes the older public key out of the stack's file. */
export async function retireKey({ say, ...of }: Of): Promise<void> {
  const { stack, folder } = of;
  const file = openStackFile(folder, stack);
  const [older, newer] = file.kids;
  if (older === undefined || newer === undefined) {
    throw new UserError(
      `${file.path} has ${older === undefined ? "no key" : `one key (${older}), and it is in use`}.\n` +
        `Make the next one first: npx ai-api-access keys new --stack ${stack} --out FILE`,
    );
  }
  // Both out and in with one update would leave no moment at which both are good.
  await refuseUndeployed(of, newer);
  file.remove(older);
  say(`Took ${older} out of ${file.path}; ${newer} is left.`);
  say("Next:");
  say(`  ${upCommand(stack)}`);
  say("Then delete the private key wherever it is kept.");
}

async function refuseUndeployed(of: DeployedOptions, kid: string): Promise<void> {
  const kids = await deployed(of).kids();
  if (kids.includes(kid)) return;
  const has = kids.length === 0 ? "no key" : kids.join(", ");
  throw new UserError(
    `The app has ${has} since the last update of ${of.stack}, and ${kid} is not among them.\n` +
      `Next: ${upCommand(of.stack)}`,
  );
}
