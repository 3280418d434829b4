/** `kill -9` in the middle of `npm start`, whatever it hits: the next start goes on and nothing is there twice. */
import { afterAll, expect, test } from "@jest/globals";
import { inventory } from "../../../bench/kills/inventory.ts";
import { killInTheMiddle, start, type Victim } from "../../../bench/kills/kill.ts";
import { TestTwin } from "@ai-api-access/testing/twin.ts";

// One moment each for three of the parts; `npm run bench -- kills` goes through ten moments for every part.
const MOMENTS: [Victim, number][] = [
  ["CLI", 5],
  ["auth0 stand-in", 9],
  ["tenants", 7],
];

const SCOPES = "address ai:read ai:write device_sso email offline_access openid phone profile".split(" ");

const homes: TestTwin[] = [];
afterAll(() => {
  for (const twin of homes) twin.remove();
});

test.each(MOMENTS)(
  "kill -9 of the %s after %i writes is mended by the next npm start",
  async (victim, writes) => {
    const twin = await TestTwin.start();
    homes.push(twin);
    const seeded = await inventory(twin.tenants.access);
    // The commands below serve the tenants of this home themselves.
    await twin.tenants.close();
    const kill = await killInTheMiddle(twin.home.folder, victim, writes);
    expect(kill).toBeDefined();
    expect(kill?.left).toEqual([]);

    expect(await start(twin.home.folder).done).toMatchObject({ code: 0 });
    const reopened = await twin.reopened();
    try {
      const now = await inventory(reopened.tenants.access);
      expect(
        Object.fromEntries(Object.entries(now).map(([kind, names]) => [kind, added(names, seeded[kind])])),
      ).toEqual({
        organizations: ["my-awesome-company"],
        connections: ["my-awesome-company-users"],
        clients: ["AI Console"],
        roles: ["ai-editor", "ai-reader"],
        permissions: ["ai-editor / ai:read", "ai-editor / ai:write", "ai-reader / ai:read"],
        resourceServers: ["AI API"],
        members: [
          "my-awesome-company / auth0|64f0000000000000000000a1",
          "my-awesome-company / auth0|64f0000000000000000000a2",
        ],
        links: ['my-awesome-company / {"name":"my-awesome-company-users","strategy":"auth0"}'],
        apps: ["AI Service OAuth App"],
        servers: ["AI API"],
        // Two of the stack, the others of every authorization server.
        scopes: SCOPES.map((scope) => `AI API / ${scope}`),
        policies: ["AI API / AI Service OAuth App"],
      });
      expect((await reopened.run("preview")).changes).toEqual({ same: 27 });
    } finally {
      await reopened.tenants.close();
    }
  },
);

/** What is in a list beyond what was in it before; a duplicate of something old counts. */
function added(now: readonly string[], before: readonly string[] = []): string[] {
  const rest = [...before];
  return now.filter((name) => {
    const at = rest.indexOf(name);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}
