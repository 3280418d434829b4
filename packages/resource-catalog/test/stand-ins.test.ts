/** Claim: the catalog and the stand-ins, each written after the official providers, say the same of a type. */
import { describe, expect, test } from "@jest/globals";
import { resources as auth0Resources } from "@ai-api-access/stand-in-providers/auth0/resources/index.ts";
import { resources as oktaResources } from "@ai-api-access/stand-in-providers/okta/resources/index.ts";
import { resourceTypes } from "../index.ts";
import { valuesIn } from "../template.ts";

const standIns = new Map(
  [...auth0Resources, ...oktaResources].map(({ token, properties, imported }) => [
    token,
    { namesItself: properties.name?.autoName === true, imported },
  ]),
);
const provided = [...resourceTypes.values()].filter(({ token }) => !token.startsWith("roster:"));

describe.each(provided)("$token", ({ token, namesItself = false, importId }) => {
  const standIn = standIns.get(token);

  test("is there, and makes up a name or does not", () => {
    expect(standIn?.namesItself).toBe(namesItself);
  });

  test("is imported by an id of the same form", () => {
    const names = [...importId.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
    const id = importId.replaceAll(/[{}]/g, "");
    const own = names.includes("id") ? "id" : id;
    const parents = Object.fromEntries(names.filter((name) => name !== "id").map((name) => [name, name]));
    expect(standIn?.imported?.(id) ?? { id, state: {} }).toMatchObject({ id: own, state: parents });
    if (own === id && names[0] !== "id") expect(valuesIn(importId, id)).toEqual(parents);
  });
});
