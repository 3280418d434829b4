/**
 * `kill -9` at any moment of an `up`, on a stack that the Pulumi CLI keeps in a folder: after `recover` and `up`
 * everything is as an `up` without a kill leaves it, and nothing is there twice.
 */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { randomFrom } from "@ai-api-access/testing/random.ts";
import { TestTwin } from "@ai-api-access/testing/twin.ts";
import { KilledStack, type Moment, type Undisturbed } from "./killed-stack.ts";

const SEED = Number(process.env.SOAK_SEED ?? 20_261_128);
/** Each takes half a minute. */
const TIMES = Math.ceil(Number(process.env.SOAK_RUNS ?? 100) / 10);

const CONNECTION = { database: "my-awesome-company-users", deleteWithStack: true };
const FIRST = { "ai-api-access:organization.connections": [CONNECTION] };
/** What creates, updates, replaces and deletes. */
const CHANGED = {
  "ai-api-access:organization": { name: "my-awesome-company", displayName: "Another Name" },
  "ai-api-access:organization.connections": [{ ...CONNECTION, database: "other-users" }],
  "ai-api-access:loginApp": {
    name: "AI Console",
    type: "spa",
    callbacks: ["http://localhost:3000/callback"],
  },
  "ai-api-access:api": {
    identifier: "https://other.example.com",
    name: "AI API",
    permissions: [{ name: "ai:read" }, { name: "ai:train" }],
  },
  "ai-api-access:roles": [
    { name: "ai-reader", permissions: ["ai:read", "ai:train"] },
    { name: "ai-trainer", permissions: ["ai:train"] },
  ],
  "ai-api-access:organization.members": [{ email: "grace@example.com", roles: ["ai-trainer"] }],
  "ai-api-access:serviceApp": {
    label: "Another App",
    tokenEndpointAuthMethod: "client_secret_post",
    scopes: [{ name: "ai:read" }, { name: "ai:train" }],
  },
};

let twin: TestTwin;
beforeAll(async () => {
  twin = await TestTwin.start();
});
afterAll(() => twin.close());

describe.each([
  ["a first up", FIRST, undefined],
  ["an up that changes much", CHANGED, FIRST],
])("%s", (_name, config, before) => {
  let stack: KilledStack;
  let undisturbed: Undisturbed;
  beforeAll(async () => {
    stack = await KilledStack.begin(twin, config, before);
    undisturbed = await stack.undisturbed();
  });
  afterAll(() => {
    stack.close();
  });

  async function wrongOnesOf(moments: readonly Moment[]): Promise<string[]> {
    const wrong: string[] = [];
    for (const moment of moments) {
      const why = await stack.recovered(moment, undisturbed);
      if (why !== undefined) wrong.push(`${moment.name} (${moment.victims}): ${why}`);
    }
    return wrong;
  }
  const victimsOf = (number: number) => (number % 2 === 0 ? "engine" : "everything");

  test("that was killed after any number of writes is finished by recover and up", async () => {
    const moments = Array.from({ length: undisturbed.writes }, (_, done): Moment => {
      const writes = done + 1;
      const isTime = () => twin.writes().length >= writes;
      return { name: `after ${writes} writes`, victims: victimsOf(writes), isTime };
    });
    expect(await wrongOnesOf(moments)).toEqual([]);
    // The last of them can come too late.
    expect(stack.hits).toBeGreaterThan(moments.length / 2);
  });

  test(`that was killed at one of ${TIMES} times drawn with seed ${SEED} is finished by recover and up`, async () => {
    const random = randomFrom(SEED);
    const moments = Array.from({ length: TIMES }, (_, number): Moment => {
      const time = Math.round(random() * undisturbed.ms);
      return { name: `after ${time} ms`, victims: victimsOf(number), isTime: (ms) => ms >= time };
    });
    expect(await wrongOnesOf(moments)).toEqual([]);
  });
});
