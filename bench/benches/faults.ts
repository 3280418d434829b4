import { cacheFolder } from "@ai-api-access/local/machine/folders.ts";
import { AFTER, BEFORE, keyOf, placesOf, ruleOf, type Place } from "../faults/matrix.ts";
import { pathPattern } from "../faults/requests.ts";
import { Walk, walkedSchema, type Walked } from "../faults/walk.ts";
import type { Bench } from "../kit/bench.ts";
import { inPieces } from "../kit/progress.ts";
import type { Report } from "../kit/report.ts";
import { VENDOR_TITLES } from "../load/client.ts";

/** Stacks at a time: while one waits to try again, another uses the machine. */
const LANES = 3;

export const faults: Bench = {
  name: "faults",
  description:
    "a fault at every request of the first `up` in turn; an hour and more, only when named (see --minutes)",
  onlyByName: true,
  async run({ tools, say, deadline }) {
    // Not what is measured here, and it saves the plugins' compilation at every run.
    process.env.NODE_COMPILE_CACHE = cacheFolder("node");
    const { kind } = tools.providers;
    const lanes = await Promise.all(Array.from({ length: LANES }, () => Walk.begin(kind)));
    try {
      const [first] = lanes;
      if (first === undefined) throw new Error("There are no tenants to disturb.");
      const undisturbed = await first.undisturbed();
      const places = new Map(placesOf(undisturbed.requests).map((place) => [keyOf(place), place]));
      const walked = await inPieces({
        name: "faults",
        keys: [...places.keys()],
        schema: walkedSchema,
        lanes: LANES,
        say,
        deadline,
        async measure(key, lane) {
          const place = places.get(key);
          const walk = lanes[lane];
          if (place === undefined || walk === undefined) throw new Error(`There is no place "${key}".`);
          const result = await walk.disturbed({ rules: { [place.vendor]: [ruleOf(place)] } }, undisturbed);
          say(`faults: ${key}: ${outcome(result)}${result.exact ? "" : ` ${JSON.stringify(result)}`}`);
          return result;
        },
      });
      return report([...places.values()], walked);
    } finally {
      for (const walk of lanes) await walk.close();
    }
  },
};

/** How many more `up`s it took, or that it did not end well. */
function outcome({ exact, ups }: Walked): string {
  return exact ? String(ups) : "NOT EXACT";
}

function report(places: readonly Place[], walked: readonly Walked[]): Report {
  const effects = [...Object.keys(BEFORE), ...Object.keys(AFTER)];
  const cells = new Map<string, Map<string, string[]>>();
  let hits = 0;
  walked.forEach((result, index) => {
    const place = places[index];
    const [hit] = result.hit;
    if (place === undefined || hit === undefined) return;
    hits += 1;
    const request = `${VENDOR_TITLES[place.vendor]}: ${hit.method} ${pathPattern(hit)}`;
    const row = cells.get(request) ?? new Map<string, string[]>();
    row.set(place.effect, [...(row.get(place.effect) ?? []), outcome(result)].sort());
    cells.set(request, row);
  });
  const exact = walked.filter((result) => result.exact).length;
  return {
    title: "Faults",
    how: [
      "The first `up` of the local stack, from nothing, on the real engine; one request of it goes wrong; then `up` again as a user would (what `npx ai-api-access local up` does), undisturbed, until it succeeds.",
      `In turn at each of its ${String(places.length)} places: every request of either tenant, with every fault. Of those, ${String(hits)} were met (which request comes at which place changes from run to run, since several are under way at once), and ${String(exact)} of ${String(walked.length)} stacks ended exact.`,
      "Exact: the tenants hold what they hold after an undisturbed `up` and nothing else, nothing twice, and `preview --refresh` changes nothing.",
      "In the table: how many more `up`s it took, for each time the request was hit; 0 when the first came through by itself. `done, …`: the tenant did what was asked, and the answer was another one or none.",
    ],
    columns: ["", ...effects],
    rows: [...cells].sort().map(([request, row]) => {
      return [request, ...effects.map((effect) => row.get(effect)?.join(" ") ?? "")];
    }),
    notes: [
      "The providers try again by themselves as the official ones do: Auth0's waits out a 429 and repeats a request three times after 500, 502, 503, 504 and a lost connection; Okta's, behind `httpProxy`, repeats only after a 429 and a lost connection.",
    ],
  };
}
