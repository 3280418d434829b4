import type { FunctionType } from "../../table/resource.ts";
import type { OktaApi } from "../api.ts";
import { getGroup } from "./get-group.ts";
import { getOauth } from "./get-oauth.ts";
import { getServer } from "./get-server.ts";

export const functions: readonly FunctionType<OktaApi>[] = [getGroup, getOauth, getServer];
