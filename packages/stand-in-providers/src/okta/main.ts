import { serveStandIn } from "../table/serve.ts";
import { OktaApi } from "./api.ts";
import { OFFICIAL, readConfig } from "./config.ts";
import { functions } from "./functions/index.ts";
import { resources } from "./resources/index.ts";

await serveStandIn({
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
