import { serve } from "@ai-api-access/plugin-kit";
import { providerOf } from "../table/provider.ts";
import { Auth0Api } from "./api.ts";
import { OFFICIAL, readConfig } from "./config.ts";
import { functions } from "./functions/index.ts";
import { resources } from "./resources/index.ts";

await serve(() =>
  providerOf({
    ...OFFICIAL,
    resources,
    functions,
    configure: (inputs) => Promise.resolve(new Auth0Api(readConfig(inputs))),
  }),
);
