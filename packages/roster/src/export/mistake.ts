/** What somebody who runs the command has to do otherwise. */
export class Mistake extends Error {
  override readonly name = "Mistake";
}
