import { type Entry, inLine } from "../entries.ts";
import { Mistake } from "../mistake.ts";
import { leftOutLines, readStampLines, stampLines } from "./comments.ts";
import type { Format } from "./format.ts";

/**
 * Lines of NAME=value, as dotenv, `node --env-file`, Docker Compose and `docker run --env-file` all read them. The last
 * of these takes everything after = as it stands, quotes too, so nothing is quoted. A value that one of the others would
 * read as something else is refused.
 */
export const env: Format = {
  keyOf: ({ variable }) => variable,
  render({ entries, leftOut, stamp }) {
    const refused = entries.filter(({ value }) => !PLAIN.test(inLine(value)));
    if (refused.length > 0) throw new Mistake(...refused.map(refusalOf), NEXT);
    const lines = entries.map(({ variable, value }) => `${variable}=${inLine(value)}`);
    return `${[...stampLines(stamp), ...lines, ...leftOut.flatMap(leftOutLines)].join("\n")}\n`;
  },
  read(text) {
    const stamp = readStampLines(text);
    const values = text.split(/\r?\n/).flatMap((line): [string, string][] => {
      const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value]];
    });
    return { values: new Map(values), ...(stamp && { stamp }) };
  },
};

/** Words with single blanks between them, without what starts a comment, a quotation or a reference. */
const PLAIN = /^[^\s#'"`$\\]+(?: [^\s#'"`$\\]+)*$/;

const NEXT =
  "  next: choose --format json, which an application reads with AI_API_CONFIG_FILE, or --format k8s";

function refusalOf({ path }: Entry): string {
  return `${path} cannot be written as env: it has one of # ' " \` $ \\ or a blank in it, which dotenv and Docker read differently.`;
}
