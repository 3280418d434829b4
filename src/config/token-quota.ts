/** `organization.tokenQuota`: how many tokens machines get for it. Management API, PATCH /api/v2/organizations/{id}. */
import { z } from "zod";
import { field, type Findings, joined, type Readable } from "../components/checks/field.ts";
import { flag } from "../components/checks/kinds.ts";
import { tokensPerDay, tokensPerHour } from "../components/checks/organization.ts";

const fields = z.strictObject({
  perDay: tokensPerDay.optional(),
  perHour: tokensPerHour.optional(),
  enforce: flag({
    example: "true",
    description: "Whether more are refused; otherwise they are only written to the tenant's log",
  }).default(true),
});

export const tokenQuota = field(joined(fields, oneLimit), {
  wants: "an object with perDay, perHour or both",
  example: "{ perHour: 100 }",
  description: "How many tokens machines get for it (client credentials)",
  leftOut: "no quota",
});

function oneLimit({ perDay, perHour }: Readable<z.output<typeof fields>>): Findings {
  if (perDay !== undefined || perHour !== undefined) return undefined;
  return {
    path: [],
    got: "neither perDay nor perHour",
    wants: "at least one of the two",
    example: "{ perHour: 100 }",
  };
}
