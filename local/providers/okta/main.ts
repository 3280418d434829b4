import { serve } from "@ai-api-access/plugin-kit";
import { providerOf } from "../table/provider.ts";
import { OktaApi } from "./api.ts";
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
    secretConfig: ["apiToken", "accessToken", "privateKey"],
    async configure(inputs) {
      const api = new OktaApi(readConfig(inputs));
      await api.checkCredentials();
      return api;
    },
  });
});
