/** Claim: the login application is declared as `loginApp` says. */
import { expect, test } from "@jest/globals";
import { LOGIN_APP } from "./local-stack.ts";
import { localWith, names } from "./local-with.ts";

test("without a login application nothing of it is declared, and there is no client id of it", async () => {
  const { run, gone, added, changed } = await localWith({ loginApp: {} });

  expect(gone).toEqual(names(LOGIN_APP));
  expect({ added, changed }).toEqual({ added: [], changed: [] });
  expect(run.outputs).not.toHaveProperty("auth0ClientId");
  expect(run.outputs.appConfig.auth0).not.toHaveProperty("clientId");
});

test("where no organization is required, the application does not say how to ask for one", async () => {
  const { changed } = await localWith({ "loginApp.organizationUsage": "allow" });

  expect(changed).toHaveLength(1);
  expect(changed[0]?.inputs).toMatchObject({ organizationUsage: "allow" });
  expect(changed[0]?.inputs).not.toHaveProperty("organizationRequireBehavior");
});

test("with offline access refresh tokens rotate and expire", async () => {
  const { changed } = await localWith({
    "api.offlineAccess": true,
    "loginApp.refreshTokenLifetimeSeconds": 86_400,
    "loginApp.requirePushedAuthorizationRequests": true,
  });

  expect(changed.map(({ inputs }) => inputs)).toEqual([
    expect.objectContaining({
      grantTypes: ["authorization_code", "refresh_token"],
      refreshToken: {
        rotationType: "rotating",
        expirationType: "expiring",
        tokenLifetime: 86_400,
        idleTokenLifetime: 86_400,
        infiniteTokenLifetime: false,
        infiniteIdleTokenLifetime: false,
      },
      requirePushedAuthorizationRequests: true,
    }),
    expect.objectContaining({ allowOfflineAccess: true }),
  ]);
});
