/** How the recorded tenant's ids and addresses are called on the local tenant. */
export class Ids {
  readonly #local = new Map<string, string>();
  readonly #recorded = new Map<string, string>();
  readonly #addresses: readonly (readonly [recorded: string, local: string])[];

  /** @param addresses what else is replaced: origins, host names; the longer ones first */
  constructor(addresses: readonly (readonly [recorded: string, local: string])[]) {
    this.#addresses = addresses;
  }

  /** Remembers that two values stand for each other. Says whether they do, now or from before. */
  learn(recorded: string, local: string): boolean {
    const known = this.#local.get(recorded);
    // The local value may be in the recording's words already, and then it stands for something else.
    if (known !== undefined || this.#recorded.has(local) || this.#local.has(local)) return known === local;
    this.#local.set(recorded, local);
    this.#recorded.set(local, recorded);
    return true;
  }

  /** What a recorded value is called here. */
  local(recorded: string): string | undefined {
    return this.#local.get(recorded);
  }

  /** A recorded text, a URL or a body, for the local tenant. */
  toLocal(text: string): string {
    return replaceAll(text, [...this.#addresses, ...this.#local]);
  }

  /** A text of the local tenant in the recording's words. */
  toRecorded(text: string): string {
    const back = this.#addresses.map(([recorded, local]): [string, string] => [local, recorded]);
    return replaceAll(text, [...back, ...this.#recorded]);
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
