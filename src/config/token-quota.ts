/** `organization.tokenQuota`: how many tokens machines get for it. Management API, PATCH /api/v2/organizations/{id}. */
import { z } from "zod";
import { field, type Findings, joined, type Readable } from "./field.ts";
import { flag, wholeNumber } from "./kinds.ts";

const fields = z.strictObject({
  perDay: wholeNumber(1, 2_147_483_647, "tokens", {
    example: "1000",
    description: "How many a day",
    leftOut: "no limit",
  }).optional(),
  perHour: wholeNumber(1, 2_147_483_647, "tokens", {
    example: "100",
    description: "How many an hour",
    leftOut: "no limit",
  }).optional(),
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
