/** Claim: a table of properties says all that is needed to check, compare and translate a resource. */
import { describe, expect, test } from "@jest/globals";
import { UNKNOWN } from "@ai-api-access/provider-kit";
import type { DiffRequest, PlainProperties } from "@ai-api-access/provider-kit";
import { mistakes, withDefaults } from "../src/table/check.ts";
import { diffResource } from "../src/table/diff.ts";
import {
  checksumSet,
  count,
  flag,
  list,
  map,
  object,
  objects,
  out,
  pathId,
  set,
  text,
} from "../src/table/property.ts";
import { importedInputs, plannedState, refreshedInputs, stateFrom } from "../src/table/state.ts";
import { decodeAnswer, encodeBody } from "../src/table/wire.ts";

const table = {
  parentId: pathId({ replace: true }),
  name: text("name", { autoName: true, replace: true, sent: "create" }),
  mode: text("settings.mode", { default: "FAST" }),
  hidden: flag("settings.hidden", { otherwise: false }),
  order: list("order"),
  scopes: set("scopes"),
  labels: map("labels", { sent: "changed" }),
  limits: object("limits", {
    perDay: count("per_day", { required: true }),
    password: text("password", { writeOnly: true }),
  }),
  grants: objects("grants", { name: text("value", { required: true }), source: out(text("source")) }),
  size: count("size", { computed: true }),
  issuer: out(text("issuer")),
};

function diff(inputs: PlainProperties, state: PlainProperties, more: Partial<DiffRequest> = {}) {
  const about = { urn: "", name: "", type: "", id: "1", ignoreChanges: [] };
  return diffResource(table, { ...about, oldInputs: state, state, inputs, ...more });
}

describe("checking", () => {
  test("every mistake is reported at once, with its path", () => {
    const wrong = { name: 5, issuer: "x", scopes: "a", limits: {}, labels: { a: true }, nonsense: 1 };
    expect(mistakes(table, wrong).map(({ property, reason }) => `${property}: ${reason}`)).toEqual([
      "issuer: it is an output and cannot be set",
      expect.stringMatching(/^nonsense: not a property that this stand-in has; it has grants, hidden/),
      "parentId: required, and not set",
      "name: wants a string, got a number",
      "scopes: wants a list, got a string",
      "labels.a: wants a string, got a boolean",
      "limits.perDay: required, and not set",
    ]);
  });

  test("what is not known yet is no mistake", () => {
    expect(mistakes(table, { parentId: UNKNOWN, scopes: UNKNOWN, limits: { perDay: UNKNOWN } })).toEqual([]);
  });

  test("defaults and a name of seven hexadecimal digits are filled in, and noted", () => {
    const naming = { name: "thing", seed: new Uint8Array([1, 2]), oldInputs: {} };
    const inputs = withDefaults(table, { parentId: "p" }, naming);
    expect(inputs).toEqual({
      parentId: "p",
      mode: "FAST",
      name: expect.stringMatching(/^thing-[0-9a-f]{7}$/),
      __defaults: ["mode", "name"],
    });
    const other = { name: "thing", seed: new Uint8Array([9]), oldInputs: inputs };
    expect(withDefaults(table, { parentId: "p" }, other)).toEqual(inputs);
  });
});

describe("comparing", () => {
  test("sets ignore order, lists do not", () => {
    const state = { scopes: ["a", "b"], order: ["a", "b"] };
    expect(diff({ scopes: ["b", "a"], order: ["b", "a"] }, state).changes).toEqual([
      { path: "order", kind: "update", replace: false },
    ]);
  });

  test("what the vendor adds to an element of a set is no change", () => {
    const state = { grants: [{ name: "x", source: "vendor" }] };
    expect(diff({ grants: [{ name: "x" }] }, state).changes).toEqual([]);
    expect(diff({ grants: [{ name: "y" }] }, state).changes).toHaveLength(1);
  });

  test("a nested change is reported by its path, and a change that is not known yet is one", () => {
    const state = { parentId: "p", limits: { perDay: 1 } };
    expect(diff({ parentId: UNKNOWN, limits: { perDay: 2 } }, state).changes).toEqual([
      { path: "parentId", kind: "update", replace: true },
      { path: "limits.perDay", kind: "update", replace: false },
    ]);
  });

  test("a property no longer declared is deleted, unless the vendor fills it in", () => {
    const state = { mode: "FAST", size: 3, order: ["a"] };
    expect(diff({ mode: "FAST" }, state).changes).toEqual([
      { path: "order", kind: "delete", replace: false },
    ]);
  });

  test("the old one is deleted first when both would have the same given name, not when it was made up", () => {
    const state = { parentId: "p", name: "n" };
    expect(diff({ parentId: "q", name: "n" }, state).deleteBeforeReplace).toBe(true);
    expect(diff({ parentId: "q", name: "n", __defaults: ["name"] }, state).deleteBeforeReplace).toBe(false);
    expect(diff({ parentId: "p", name: "n", order: ["a"] }, state).deleteBeforeReplace).toBe(false);
  });

  test("what the program ignores is left out", () => {
    const ignored = { ignoreChanges: ["limits", "order"] };
    const state = { limits: { perDay: 1 }, order: ["a"] };
    expect(diff({ limits: { perDay: 2 }, order: ["b"] }, state, ignored).changes).toEqual([]);
  });
});

describe("translating", () => {
  const inputs = { parentId: "p", name: "n", mode: "SLOW", labels: { a: "b" }, grants: [{ name: "x" }] };

  test("a create carries what is configured, at the vendor's places", () => {
    expect(encodeBody(table, inputs, "create")).toEqual({
      name: "n",
      settings: { mode: "SLOW", hidden: false },
      labels: { a: "b" },
      grants: [{ value: "x" }],
    });
  });

  test("an update leaves out what only a create carries and what did not change", () => {
    expect(encodeBody(table, inputs, "update", (name) => name === "labels")).toEqual({
      settings: { mode: "SLOW", hidden: false },
      grants: [{ value: "x" }],
    });
  });

  test("an answer is read from the same places; null, absent and another type are absent", () => {
    const answer = {
      name: "n",
      settings: { mode: 5 },
      scopes: ["a", null],
      limits: null,
      other: "x",
      issuer: "i",
    };
    expect(decodeAnswer(table, answer)).toEqual({ name: "n", scopes: ["a"], issuer: "i" });
  });

  test("the state keeps what the vendor never reports", () => {
    const written = { parentId: "p", limits: { perDay: 1, password: "hush" } };
    const answer = { name: "n", limits: { per_day: 1 } };
    const state = stateFrom(table, answer, { inputs: written, state: {} });
    expect(state).toMatchObject({ parentId: "p", name: "n", limits: { perDay: 1, password: "hush" } });
    expect(stateFrom(table, answer, { state })).toEqual(state);
  });

  test("what an answer leaves out is empty in the state", () => {
    const state = stateFrom(table, { name: "n" }, { state: {} });
    expect(state).toMatchObject({ name: "n", mode: "", hidden: false, size: 0, issuer: "" });
    expect(state).not.toHaveProperty("limits");
    expect(state).not.toHaveProperty("scopes");
  });

  test("the members of a set are sent by value, or by checksum where the table says so", () => {
    const ids = Array.from({ length: 11 }, (_, index) => `auth0|user${String(index + 3)}`);
    const recorded = [4, 5, 3, 7, 6, 11, 10, 12, 8, 9, 13].map((number) => `auth0|user${String(number)}`);
    expect(encodeBody({ scopes: checksumSet("s") }, { scopes: ids }, "create")).toEqual({ s: recorded });
    expect(encodeBody(table, { scopes: ["b", "c", "a"] }, "create")).toMatchObject({
      scopes: ["a", "b", "c"],
    });
    const grants = [{ note: "c" }, { name: "b", note: "a" }, { name: "a", note: "b" }];
    const noted = { g: objects("g", { note: text("note"), name: text("name") }) };
    expect(encodeBody(noted, { g: grants }, "create")).toEqual({
      g: [{ name: "a", note: "b" }, { name: "b", note: "a" }, { note: "c" }],
    });
  });

  test("in a preview only what the vendor decides is unknown", () => {
    expect(plannedState(table, { parentId: "p", name: "n" })).toEqual({
      parentId: "p",
      name: "n",
      size: UNKNOWN,
      issuer: UNKNOWN,
    });
  });

  test("a refresh changes the given inputs only, an import finds them all", () => {
    const state = {
      parentId: "p",
      name: "n",
      mode: "SLOW",
      size: 3,
      scopes: ["b", "a"],
      grants: [{ name: "x", source: "s" }],
      hidden: false,
    };
    expect(refreshedInputs(table, { mode: "FAST", scopes: ["a", "b"], __defaults: ["mode"] }, state)).toEqual(
      {
        mode: "SLOW",
        scopes: ["a", "b"],
        __defaults: ["mode"],
      },
    );
    expect(importedInputs(table, state)).toEqual({
      parentId: "p",
      name: "n",
      mode: "SLOW",
      size: 3,
      scopes: ["b", "a"],
      grants: [{ name: "x" }],
    });
  });
});
