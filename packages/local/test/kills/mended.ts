/** `kill -9` of a part in the middle of `npm start`, and what the next start makes of it. */
import { expect } from "@jest/globals";
import { TestTwin } from "@ai-api-access/testing/twin.ts";
import { inventory } from "@ai-api-access/testing/inventory.ts";
import { killInTheMiddle, start, type Victim } from "./kill.ts";

const SCOPES = "address ai:read ai:write device_sso email offline_access openid phone profile".split(" ");

/**
 * Kills the part after so many writes, starts again, and expects the whole stack, and nothing twice.
 *
 * @returns whether the kill came in time: a start that is over cannot be killed
 */
export async function expectMended(victim: Victim, writes: number): Promise<boolean> {
  const twin = await TestTwin.start();
  try {
    const seeded = await inventory(twin.tenants.access);
    // The commands below serve the tenants of this home themselves.
    await twin.stop();
    const kill = await killInTheMiddle(twin.home.folder, victim, writes);
    expect(kill?.left ?? []).toEqual([]);

    expect(await start(twin.home.folder).done).toMatchObject({ code: 0 });
    const reopened = await twin.reopened();
    try {
      const now = await inventory(reopened.tenants.access);
      expect(
        Object.fromEntries(Object.entries(now).map(([kind, names]) => [kind, added(names, seeded[kind])])),
      ).toEqual({
        organizations: ["my-awesome-company"],
        connections: [],
        clients: ["AI Console"],
        roles: ["ai-editor", "ai-reader"],
        permissions: ["ai-editor / ai:read", "ai-editor / ai:write", "ai-reader / ai:read"],
        resourceServers: ["AI API"],
        members: [
          "my-awesome-company / auth0|64f0000000000000000000a1",
          "my-awesome-company / auth0|64f0000000000000000000a2",
        ],
        links: ['my-awesome-company / {"name":"Username-Password-Authentication","strategy":"auth0"}'],
        apps: ["AI Service OAuth App"],
        servers: ["AI API"],
        // Two of the stack, the others of every authorization server.
        scopes: SCOPES.map((scope) => `AI API / ${scope}`),
        policies: ["AI API / AI Service OAuth App"],
      });
      expect((await reopened.run("preview")).changes).toEqual({ same: 28 });
    } finally {
      await reopened.stop();
    }
    return kill !== undefined;
  } finally {
    await twin.remove();
  }
}

/** What is in a list beyond what was in it before; a duplicate of something old counts. */
function added(now: readonly string[], before: readonly string[] = []): string[] {
  const rest = [...before];
  return now.filter((name) => {
    const at = rest.indexOf(name);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}
