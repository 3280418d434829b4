import { z } from "zod";
import { field } from "../components/checks/field.ts";

/** The origin of a proxy's address, undefined where it is none. */
export function proxyOrigin(value: string): string | undefined {
  const url = URL.parse(value);
  return url !== null && ["http:", "https:"].includes(url.protocol) ? url.origin : undefined;
}

/** `oktaHttpProxy`: the consent to an address that takes the place of the org's. */
export const oktaHttpProxy = field(
  z.string().refine((value) => proxyOrigin(value) !== undefined),
  {
    wants: "an http or https URL",
    example: "https://okta-gateway.example.com",
    description:
      "The one address that `okta:httpProxy` may have besides that of a local tenant: whoever is there is sent the org's credentials",
    leftOut: "no address may stand in for that of the org",
  },
);
