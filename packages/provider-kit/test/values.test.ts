/** Claim: secrets and unknown values are kept apart from data on the way in, and marked on the way out. */
import { describe, expect, test } from "@jest/globals";
import { isUnknown, secret, UNKNOWN } from "../src/index.ts";
import { decode, encode } from "../src/rpc/values.ts";

const wrapped = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});
const plain = (properties: Parameters<typeof encode>[0], secretKeys?: ReadonlySet<string>) =>
  encode(properties, secretKeys).toJavaScript();

describe("values on the wire", () => {
  test("a secret is unwrapped at any depth, and its top-level property is named", () => {
    const message = encode({ auth: { tokens: [secret("hush")] }, name: "n", password: secret("hush") });
    const { properties, secretKeys } = decode(message);
    expect(properties).toEqual({ auth: { tokens: ["hush"] }, name: "n", password: "hush" });
    expect(secretKeys).toEqual(new Set(["auth", "password"]));
  });

  test("a property that was secret is wrapped as a whole on the way out", () => {
    expect(plain({ auth: { tokens: ["hush"] }, name: "n" }, new Set(["auth"]))).toEqual({
      auth: wrapped({ tokens: ["hush"] }),
      name: "n",
    });
  });

  test("a secret is wrapped once, however often it is marked", () => {
    expect(plain({ token: secret(secret("hush")) }, new Set(["token"]))).toEqual({ token: wrapped("hush") });
  });

  test("an unknown value comes back as the same value, alone and inside a secret", () => {
    const { properties } = decode(
      encode({ id: UNKNOWN, nested: { list: [UNKNOWN] }, sealed: secret(UNKNOWN) }),
    );
    expect(isUnknown(properties.id)).toBe(true);
    expect(properties).toEqual({ id: UNKNOWN, nested: { list: [UNKNOWN] }, sealed: UNKNOWN });
  });

  test("undefined is left out, null is kept", () => {
    expect(plain({ gone: undefined, empty: null, inner: { gone: undefined } })).toEqual({
      empty: null,
      inner: {},
    });
  });

  test("no message, as in an import, reads as no properties", () => {
    expect(decode(undefined)).toEqual({ properties: {}, secretKeys: new Set() });
  });
});
