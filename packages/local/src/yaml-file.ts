import { readFileSync } from "node:fs";
import { UserError } from "@ai-api-access/user-error";
import { parseDocument } from "yaml";

/**
 * The value that a YAML file holds.
 *
 * @param name of the file in the error
 * @throws UserError with file, line and column when it is no YAML
 */
export function readYaml(file: string, name: string): unknown {
  const document = parseDocument(readFileSync(file, "utf8"));
  const [error] = document.errors;
  if (error === undefined) return document.toJS();
  const [at] = error.linePos ?? [];
  const where = at === undefined ? "" : `, line ${at.line}, column ${at.col}`;
  const [what = ""] = error.message.split(" at line", 1);
  throw new UserError(`${name}${where}: this is not YAML. ${what.trimEnd().replace(/\.?$/, ".")}`);
}
