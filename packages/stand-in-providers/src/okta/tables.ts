import type { Tables } from "../table/resource.ts";
import { OktaApi } from "./api.ts";
import { OFFICIAL, readConfig } from "./config.ts";
import { functions } from "./functions/index.ts";
import { resources } from "./resources/index.ts";

/** What this stand-in answers. */
export const tables: Tables<OktaApi> = {
  ...OFFICIAL,
  resources,
  functions,
  secretConfig: ["apiToken", "accessToken", "privateKey"],
  async configure(inputs) {
    const api = new OktaApi(readConfig(inputs));
    await api.checkCredentials();
    return api;
  },
};
