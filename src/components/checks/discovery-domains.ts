/**
 * `organization.discoveryDomains`: people find their organization by the domain of their email. Management API, POST
 * /api/v2/organizations/{id}/discovery-domains.
 */
import { z } from "zod";
import { field, joined, repeated } from "./field.ts";
import { pattern } from "./kinds.ts";

const domain = pattern(
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/,
  {
    wants: "a domain of email addresses in lower case",
    example: "example.com",
  },
);

export const discoveryDomains = field(
  joined(z.array(domain).max(100), (list) =>
    repeated(list).map(({ index, first }) => ({
      path: [index],
      wants: `each domain once (this one is discoveryDomains[${String(first)}] already)`,
      example: "example.com",
      next: "remove one of the two",
    })),
  ),
  {
    wants: "a list of at most 100 domains",
    example: "[example.com]",
    description: "People with an email of these domains are led to the organization; declared as verified",
  },
);
