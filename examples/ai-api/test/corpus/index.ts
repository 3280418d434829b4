/** Everything that must not get in: tokens by vendor, and requests. */
import { auth0 } from "./auth0.ts";
import { claims } from "./claims.ts";
import { form } from "./form.ts";
import { okta } from "./okta.ts";
import type { BadToken, Vendor } from "./row.ts";
import { signature } from "./signature.ts";

export const badTokens: Readonly<Record<Vendor, readonly BadToken[]>> = {
  auth0: [...form, ...signature, ...claims, ...auth0],
  okta: [...form, ...signature, ...claims, ...okta],
};

export { requests } from "./requests.ts";
