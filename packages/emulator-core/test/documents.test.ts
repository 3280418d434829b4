/** Claim: a document that has not changed is not parsed again, one that has is, and nobody can change it in passing. */
import { expect, test } from "@jest/globals";
import { z } from "zod";
import { Documents } from "../src/store/documents.ts";

const schema = z.object({ name: z.string(), tags: z.array(z.string()).default([]) });
const text = (name: string, ...tags: string[]) => JSON.stringify({ name, tags });

test("the same text under the same key is the same document", () => {
  const documents = new Documents(schema);
  const first = documents.read("a", text("one"));
  expect(first).toEqual({ name: "one", tags: [] });
  expect(documents.read("a", text("one"))).toBe(first);
});

test("another text is another document", () => {
  const documents = new Documents(schema);
  documents.read("a", text("one"));
  expect(documents.read("a", text("two"))).toEqual({ name: "two", tags: [] });
  expect(documents.read("a", text("one"))).toEqual({ name: "one", tags: [] });
});

test("a document is frozen, with all that it holds", () => {
  const doc = new Documents(schema).read("a", text("one", "x"));
  expect(() => doc.tags.push("y")).toThrow(TypeError);
  expect(() => {
    doc.name = "two";
  }).toThrow(TypeError);
});

test("what is no such document is refused each time", () => {
  const documents = new Documents(schema);
  for (let time = 0; time < 2; time++) {
    expect(() => documents.read("a", JSON.stringify({ name: 1 }))).toThrow(z.ZodError);
  }
});

test("of many documents the ones read first are forgotten", () => {
  const documents = new Documents(schema);
  const first = documents.read("0", text("0"));
  for (let index = 1; index <= 2_000; index++) documents.read(String(index), text(String(index)));
  const again = documents.read("0", text("0"));
  expect(again).toEqual(first);
  expect(again).not.toBe(first);
});
