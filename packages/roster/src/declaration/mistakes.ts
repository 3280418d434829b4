/** Everything that is wrong with what is declared, each with its place. */
export class Mistakes extends Error {
  readonly all: readonly string[];

  constructor(all: readonly string[]) {
    super(all.join("\n"));
    this.name = "Mistakes";
    this.all = all;
  }
}
