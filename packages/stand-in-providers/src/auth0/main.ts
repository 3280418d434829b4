import { serveStandIn } from "../table/serve.ts";
import { Auth0Api } from "./api.ts";
import { OFFICIAL, readConfig } from "./config.ts";
import { functions } from "./functions/index.ts";
import { resources } from "./resources/index.ts";

await serveStandIn({
  ...OFFICIAL,
  resources,
  functions,
  secretConfig: ["apiToken", "clientSecret", "clientAssertionPrivateKey"],
  configure: (inputs) => Promise.resolve(new Auth0Api(readConfig(inputs))),
});
