/** How the recorded tenant's ids and addresses are called on the local tenant. */
export class Ids {
  readonly #ours = new Map<string, string>();
  readonly #theirs = new Map<string, string>();
  readonly #addresses: readonly (readonly [theirs: string, ours: string])[];

  /** @param addresses what else is replaced: origins, host names; the longer ones first */
  constructor(addresses: readonly (readonly [theirs: string, ours: string])[]) {
    this.#addresses = addresses;
  }

  /** Remembers that two values stand for each other. Says whether they do, now or from before. */
  learn(theirs: string, ours: string): boolean {
    const known = this.#ours.get(theirs);
    // Ours may be in the recording's words already, and then it stands for something else.
    if (known !== undefined || this.#theirs.has(ours) || this.#ours.has(ours)) return known === ours;
    this.#ours.set(theirs, ours);
    this.#theirs.set(ours, theirs);
    return true;
  }

  /** What a recorded value is called here. */
  ours(theirs: string): string | undefined {
    return this.#ours.get(theirs);
  }

  /** A recorded text, a URL or a body, for the local tenant. */
  toOurs(text: string): string {
    return replaceAll(text, [...this.#addresses, ...this.#ours]);
  }

  /** A text of the local tenant in the recording's words. */
  toTheirs(text: string): string {
    const back = this.#addresses.map(([theirs, ours]): [string, string] => [ours, theirs]);
    return replaceAll(text, [...back, ...this.#theirs]);
  }
}

function replaceAll(text: string, pairs: readonly (readonly [string, string])[]): string {
  return pairs.reduce((current, [from, to]) => {
    const escaped = encodeURIComponent(from);
    const plain = current.includes(from) ? current.replaceAll(from, to) : current;
    return escaped !== from && plain.includes(escaped)
      ? plain.replaceAll(escaped, encodeURIComponent(to))
      : plain;
  }, text);
}
