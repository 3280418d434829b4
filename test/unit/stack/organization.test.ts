/** Claim: the organization is declared as `organization` says. */
import { expect, test } from "@jest/globals";
import { localWith } from "./local-with.ts";

test("people find it by the domains of their email addresses, where the login application asks for them", async () => {
  const { gone, added, changed } = await localWith({ "organization.discoveryDomains": ["acme.example.com"] });

  expect(gone).toEqual([]);
  expect(added).toEqual([
    {
      resource:
        "auth0:index/organizationDiscoveryDomain:OrganizationDiscoveryDomain organization.acme.example.com",
      parent: "organization",
      inputs: {
        organizationId: "id-of-organization",
        domain: "acme.example.com",
        status: "verified",
        useForOrganizationDiscovery: true,
      },
      after: ["organization"],
      replaceOnChanges: ["organizationId", "domain"],
      deletedWith: "organization",
    },
  ]);
  expect(changed).toEqual([
    expect.objectContaining({
      resource: "auth0:index/client:Client login-app",
      inputs: expect.objectContaining({ organizationDiscoveryMethods: ["email", "organization_name"] }),
    }),
  ]);
});

test("its machines have a quota of tokens, and it says whether applications of others may log in", async () => {
  const { gone, added, changed } = await localWith({
    "organization.tokenQuota": { perHour: 100, enforce: false },
    "organization.thirdPartyClientAccess": "block",
  });

  expect({ gone, added }).toEqual({ gone: [], added: [] });
  expect(changed).toEqual([
    expect.objectContaining({
      resource: "auth0:index/organization:Organization organization",
      inputs: expect.objectContaining({
        tokenQuota: { clientCredentials: { perHour: 100, enforce: false } },
        thirdPartyClientAccess: "block",
      }),
    }),
  ]);
});
