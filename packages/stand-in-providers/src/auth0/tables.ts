import type { Tables } from "../table/resource.ts";
import { Auth0Api } from "./api.ts";
import { OFFICIAL, readConfig } from "./config.ts";
import { functions } from "./functions/index.ts";
import { resources } from "./resources/index.ts";

/** What this stand-in answers. */
export const tables: Tables<Auth0Api> = {
  ...OFFICIAL,
  resources,
  functions,
  secretConfig: ["apiToken", "clientSecret", "clientAssertionPrivateKey"],
  configure: (inputs) => Promise.resolve(new Auth0Api(readConfig(inputs))),
};
