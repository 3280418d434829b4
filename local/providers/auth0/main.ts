import { serve } from "@ai-api-access/plugin-kit";
import { providerOf } from "../table/provider.ts";
import { Auth0Api } from "./api.ts";
import { OFFICIAL, readConfig } from "./config.ts";
import { functions } from "./functions/index.ts";
import { resources } from "./resources/index.ts";

await serve((engine) => {
  engine.log(
    "debug",
    `A stand-in for the official ${OFFICIAL.name} plugin answers, for the local twin only.`,
  );
  return providerOf({
    ...OFFICIAL,
    resources,
    functions,
    secretConfig: ["apiToken", "clientSecret", "clientAssertionPrivateKey"],
    configure: (inputs) => Promise.resolve(new Auth0Api(readConfig(inputs))),
  });
});
