/**
 * The local Okta org against recordings of the real one: the same requests, the same statuses, bodies of the
 * same shape. The recordings are kept beside the repository, not in it; where they are absent these tests say
 * so and are skipped.
 */
import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { z } from "zod";
import { TestOrg } from "../support/okta-tenant.ts";

const folder = new URL("../../../shared/recordings/okta/", import.meta.url);
const present = existsSync(folder);
if (!present) console.warn(`Skipped: the recordings of the real API are not at ${folder.pathname}.`);

const cassetteSchema = z.object({
  interactions: z.array(
    z.object({
      request: z.object({ method: z.string(), url: z.string(), body: z.string().default("") }),
      response: z.object({ code: z.number(), body: z.string().default("") }),
    }),
  ),
});

type Interaction = z.output<typeof cassetteSchema>["interactions"][number];

function read(name: string): Interaction[] {
  return cassetteSchema.parse(parse(readFileSync(new URL(`${name}.yaml`, folder), "utf8"))).interactions;
}

/**
 * The paths of a body's properties with the kind of each value: what a client can rely on. A null can stand for
 * a value of any kind. Of a list only the first entry counts: how many there are depends on the org.
 */
function shape(value: unknown, path = ""): string[] {
  if (value === null) return [`${path}: null`];
  if (Array.isArray(value)) return value.length === 0 ? [] : shape(value[0], `${path}[]`);
  if (typeof value !== "object") return [`${path}: ${typeof value}`];
  return Object.entries(value).flatMap(([name, inner]) => shape(inner, `${path}.${name}`));
}

/** The shape without the properties in which orgs differ, with nulls on either side taken for the other's kind. */
function comparable(value: unknown, other: unknown): string[] {
  const nulls = new Set(
    [...shape(value), ...shape(other)]
      .filter((line) => line.endsWith(": null"))
      .map((line) => line.replace(/: null$/, "")),
  );
  const known = shape(value).map((line) => {
    const path = line.replace(/: \w+$/, "");
    const under = [...nulls].find((name) => path === name || path.startsWith(`${name}.`));
    return under === undefined ? line : `${under}: anything`;
  });
  return [...new Set(known)].sort();
}

const ID = /\b[0-9a-z]{3}[0-9A-Za-z]{17}\b/g;

/** Pairs up the ids in two bodies of the same shape, so that later requests can name ours. */
function learn(ids: Map<string, string>, theirs: unknown, ours: unknown): void {
  if (typeof theirs === "string" && typeof ours === "string") {
    const [left, right] = [theirs.match(ID) ?? [], ours.match(ID) ?? []];
    left.forEach((id, index) => {
      const own = right[index];
      if (own !== undefined && left.length === right.length && !ids.has(id)) ids.set(id, own);
    });
  } else if (typeof theirs === "object" && theirs !== null && typeof ours === "object" && ours !== null) {
    for (const [name, value] of Object.entries(theirs)) learn(ids, value, Reflect.get(ours, name));
  }
}

function parsed(body: string): unknown {
  return body.trim() === "" ? undefined : z.unknown().parse(JSON.parse(body));
}

(present ? describe : describe.skip)("a recording of the real Okta", () => {
  let org: TestOrg;
  beforeAll(async () => {
    org = await TestOrg.start();
  });
  afterAll(() => org.tenant.close());

  // TestAccDataSourceOktaAuthServerKeys_read is left out: it was written by hand and asks for a key of a server
  // that it never creates.
  test.each([
    "TestAccResourceOktaAuthServer_crud",
    "TestAccResourceOktaAuthServerScope_crud",
    "TestAccResourceOktaAuthServerClaim_create",
    "TestAccResourceOktaAuthServerPolicyRule_create",
    "TestAccResourceOktaAppOauth_redirect_uris",
    "TestAccResourceOktaAppOauth_serviceWithJWKS",
  ])("%s has the same statuses and bodies of the same shape", async (name) => {
    const ids = new Map<string, string>();
    const own = (text: string) => text.replaceAll(ID, (id) => ids.get(id) ?? id);
    for (const { request, response } of read(name)) {
      const url = new URL(request.url);
      const path = own(`${url.pathname}${url.search}`);
      const answer = await org.send(request.method, path, { body: parsed(own(request.body)) });
      const theirs = parsed(response.body);
      const what = `${request.method} ${path}`;
      expect({ what, status: answer.status, body: answer.body }).toMatchObject({ status: response.code });
      expect({ what, shape: comparable(answer.body, theirs) }).toEqual({
        what,
        shape: comparable(theirs, answer.body),
      });
      learn(ids, theirs, answer.body);
    }
    expect(ids.size).toBeGreaterThan(0);
  });
});
