import { serve } from "@ai-api-access/plugin-kit";
import { providerOf } from "../table/provider.ts";
import { OktaApi } from "./api.ts";
import { OFFICIAL, readConfig } from "./config.ts";
import { functions } from "./functions/index.ts";
import { resources } from "./resources/index.ts";

await serve(() =>
  providerOf({
    ...OFFICIAL,
    resources,
    functions,
    async configure(inputs) {
      const api = new OktaApi(readConfig(inputs));
      await api.checkCredentials();
      return api;
    },
  }),
);
