import type { Interaction } from "../recordings/recording.ts";
import type { Answer } from "../target.ts";
import { compare, shown } from "./compare.ts";
import type { Difference, Setting } from "./compare.ts";

/** Headers of an answer: names in lower case, each line a value. */
type Headers = Interaction["responseHeaders"];

/** The headers that clients act on. */
const READ = ["content-type", "etag", "link", "location", "retry-after", "www-authenticate"];
const RATES = /^x-rate-?limit-(limit|remaining|reset)$/;
/** How far ahead a limit may begin afresh, in seconds: both vendors count minutes and hours. */
const WINDOW = 3600;

/** The headers that clients read and that a recorder kept, which is to say: those that any of its answers has. */
export function keptHeaders(interactions: readonly Interaction[]): ReadonlySet<string> {
  const names = interactions.flatMap(({ responseHeaders }) => Object.keys(responseHeaders));
  return new Set(names.filter((name) => READ.includes(name) || RATES.test(name)));
}

/**
 * Compares the headers that clients read: whether they are there, where they lead, and what form they have. A limit
 * is each tenant's own; what is left of it has to add up.
 *
 * @param kept the headers that the recording has at all; of others nothing is known
 * @param now the time of the request, in milliseconds since 1970
 */
export function compareHeaders(
  { status, responseHeaders }: Interaction,
  answer: Answer,
  kept: ReadonlySet<string>,
  setting: Setting,
  now: number,
): Difference[] {
  const expected = readable(responseHeaders, kept, status, now);
  const local: Headers = Object.fromEntries(
    Object.entries(answer.headers).map(([name, lines]): [string, string[]] => [
      name,
      lines.map((line) => setting.ids.toRecorded(line)),
    ]),
  );
  const got = readable(local, kept, answer.status, now);
  return compare(expected, got, setting).map((difference) => ({ ...difference, kind: "header" }));
}

/** What clients find in the headers that they read. */
function readable(
  headers: Headers,
  kept: ReadonlySet<string>,
  status: number,
  now: number,
): Record<string, unknown> {
  return Object.fromEntries(
    [...kept].flatMap((name): [string, unknown][] => {
      const lines = headers[name] ?? [];
      const [first] = lines;
      if (first === undefined) return [];
      if (name === "link") return [[name, linksOf(lines)]];
      if (RATES.test(name)) return [[name.replace(/^.*-/, "rate limit: "), rateOf(name, headers, now)]];
      if (name === "etag") return [[name, first.startsWith("W/") ? "weak" : "strong"]];
      // An empty body has no type, whatever a header says of it.
      if (name === "content-type") return status === 204 ? [] : [[name, first.split(";")[0]?.trim()]];
      return [[name, name === "retry-after" ? /^\d+$/.test(first) : partsOf(first)]];
    }),
  );
}

/** Addresses by their relation, taken apart, since the order of parameters means nothing. */
function linksOf(lines: readonly string[]): Record<string, unknown> {
  const links = lines.flatMap((line) => [...line.matchAll(/<([^>]*)>;\s*rel="?([\w-]+)"?/g)]);
  return Object.fromEntries(links.map(([, address = "", relation = ""]) => [relation, partsOf(address)]));
}

function partsOf(text: string): unknown {
  const url = URL.parse(text);
  if (url === null) return text;
  const { after, ...query } = Object.fromEntries(url.searchParams);
  // A cursor means nothing by its letters.
  return { address: `${url.origin}${url.pathname}`, query, ...(after === undefined ? {} : { next: after }) };
}

/** Whether a number of a limit is one that can be: a whole one, less left than the limit, a soon beginning. */
function rateOf(name: string, headers: Headers, now: number): string {
  const [value = ""] = headers[name] ?? [];
  if (!/^\d+$/.test(value)) return `no whole number: ${shown(value)}`;
  if (name.endsWith("-reset")) {
    const ahead = Number(value) - now / 1000;
    return ahead > -60 && ahead < WINDOW ? "soon" : "not soon";
  }
  if (name.endsWith("-limit")) return Number(value) > 0 ? "a limit" : "none";
  const limit = Number(headers[name.replace(/remaining$/, "limit")]?.[0] ?? Infinity);
  return Number(value) < limit ? "less than the limit" : "not less than the limit";
}
