/** Everything that must not get in: tokens by vendor, and requests. */
import { auth0 } from "./auth0";
import { claims } from "./claims";
import { form } from "./form";
import { okta } from "./okta";
import type { BadToken, Vendor } from "./row";
import { signature } from "./signature";

export const badTokens: Readonly<Record<Vendor, readonly BadToken[]>> = {
  auth0: [...form, ...signature, ...claims, ...auth0],
  okta: [...form, ...signature, ...claims, ...okta],
};

export { requests } from "./requests";
