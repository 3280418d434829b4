/**
 * Claim: where the vendor's own answers were recorded, the local Auth0 tenant gives the same status and the
 * same body, but for ids, times and what the recording itself left out.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { parse } from "yaml";
import { z } from "zod";
import { startTestTenant } from "../support/auth0-tenant";

const RECORDINGS = join(process.cwd(), "../shared/recordings/auth0");

const cassetteSchema = z.object({
  interactions: z.array(
    z.object({
      request: z.object({ method: z.string(), url: z.string(), body: z.string().default("") }),
      response: z.object({ code: z.int(), body: z.string().default("") }),
    }),
  ),
});

/**
 * Properties in which a recording and the tenant differ for a known reason.
 * The recordings of clients were made by the provider's SDK, which drops and adds properties; the recordings
 * of tenant settings come from a tenant with a past; older recordings lack what the vendor has added since.
 */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  clients: ["tenant", "global", "callback_url_template", "signing_keys", "client_secret"],
  connections: [
    "authentication",
    "connected_accounts",
    "authentication_methods",
    "passkey_options",
    "configuration",
  ],
  settings: ["flags", "*"],
};

/** Whole answers that the vendor no longer gives so, by file and place. */
const OUTDATED: Readonly<Record<string, string>> = {
  "TestAccOrganization.yaml #39":
    "in 2022 a connection's deletion was once seen to be over at once (204 for 202)",
  "TestAccRole.yaml #1":
    "the older answer to a role without description: null where there is an empty text now",
  "TestAccRole.yaml #2": "the same",
  "TestAccRole.yaml #3": "the same",
};

const ID =
  /^(?:(?:org|con|rol|cgr|cd|cred)_\w+|auth0\|\w+|[0-9a-f]{24}|[A-Za-z0-9]{32}|[A-Za-z0-9+/=_-]{60,})$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Compares a recorded value with ours, learning which of our ids stands for which recorded one. */
function differences(
  theirs: unknown,
  ours: unknown,
  ids: Map<string, string>,
  skip: readonly string[],
  at = "",
): string[] {
  if (typeof theirs === "string" && typeof ours === "string") {
    if (theirs === ours || (TIME.test(theirs) && TIME.test(ours))) return [];
    if (ids.get(theirs) === ours) return [];
    if (ID.test(theirs) && ID.test(ours) && !ids.has(theirs)) {
      ids.set(theirs, ours);
      return [];
    }
    return [`${at}: ${ours} instead of ${theirs}`];
  }
  if (typeof theirs !== "object" || typeof ours !== "object" || theirs === null || ours === null) {
    return theirs === ours ? [] : [`${at}: ${JSON.stringify(ours)} instead of ${JSON.stringify(theirs)}`];
  }
  const keys = [...new Set([...Object.keys(theirs), ...Object.keys(ours)])].filter(
    (key) => !skip.includes(key),
  );
  if (skip.includes("*")) return [];
  return keys.flatMap((key) =>
    differences(Reflect.get(theirs, key), Reflect.get(ours, key), ids, skip, `${at}.${key}`),
  );
}

function skipFor(path: string): readonly string[] {
  return Object.entries(KNOWN).flatMap(([part, keys]) => (path.includes(`/${part}`) ? keys : []));
}

function replaced(text: string, ids: ReadonlyMap<string, string>): string {
  return [...ids].reduce(
    (current, [theirs, ours]) =>
      current.replaceAll(theirs, ours).replaceAll(encodeURIComponent(theirs), encodeURIComponent(ours)),
    text,
  );
}

if (!existsSync(RECORDINGS)) {
  test.skip("the recordings of the vendor are not here (../shared/recordings), so they are not replayed", () => {
    // Nothing to replay.
  });
} else {
  test.each(readdirSync(RECORDINGS).filter((file) => file.endsWith(".yaml")))(
    "%s: the tenant answers as the vendor did",
    async (file) => {
      const { interactions } = cassetteSchema.parse(parse(readFileSync(join(RECORDINGS, file), "utf8")));
      const target = await startTestTenant();
      const ids = new Map<string, string>();
      const wrong: string[] = [];
      try {
        for (const [index, { request, response }] of interactions.entries()) {
          const recorded = request.url.replace(/^https:\/\/[^/]+/, "");
          const path = replaced(recorded, ids);
          const body: unknown =
            request.body === "" || request.body.trim() === "null"
              ? undefined
              : JSON.parse(replaced(request.body, ids));
          const answer = await target.call(request.method, path, body);
          if (OUTDATED[`${file} #${String(index)}`] !== undefined) continue;
          const where = `#${String(index)} ${request.method} ${recorded}`;
          if (answer.status !== response.code) {
            wrong.push(
              `${where}: ${String(answer.status)} instead of ${String(response.code)} ${JSON.stringify(answer.body)}`,
            );
            continue;
          }
          const theirs: unknown = response.body === "" ? undefined : JSON.parse(response.body);
          wrong.push(
            ...differences(theirs, answer.body, ids, skipFor(recorded)).map((text) => `${where}${text}`),
          );
        }
      } finally {
        await target.close();
      }
      expect(interactions.length).toBeGreaterThan(0);
      expect(wrong).toEqual([]);
    },
  );
}
