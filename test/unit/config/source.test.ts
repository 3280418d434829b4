import { afterEach, expect, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { pulumiConfigSource } from "../../../src/config/index.ts";

const { PULUMI_CONFIG_SECRET_KEYS: before } = process.env;
afterEach(() => {
  pulumi.runtime.setAllConfig({});
  if (before === undefined) delete process.env.PULUMI_CONFIG_SECRET_KEYS;
  else process.env.PULUMI_CONFIG_SECRET_KEYS = before;
});

test("the configuration of the running program comes with the names of its secrets", () => {
  pulumi.runtime.setAllConfig({
    "auth0:domain": "acme.us.auth0.com",
    "ai-api-access:api": '{"name":"AI API"}',
  });
  process.env.PULUMI_CONFIG_SECRET_KEYS = '["auth0:clientSecret"]';

  const source = pulumiConfigSource();

  expect(source.values).toEqual({
    "auth0:domain": "acme.us.auth0.com",
    "ai-api-access:api": '{"name":"AI API"}',
  });
  expect(source.secretKeys).toEqual(["auth0:clientSecret"]);
});
