import { parse } from "yaml";
import { z } from "zod";
import { textOf } from "./bodies.ts";
import { withAddress } from "./recorder.ts";
import { VENDORS } from "./recording.ts";
import type { Interaction, Recording, VendorName } from "./recording.ts";
import { vendorOf } from "./vendor-of.ts";

/** A file that holds no recording that can be replayed; the message says why. */
export class NoRecordingError extends Error {
  override readonly name = "NoRecordingError";
}

const bodySchema = z.union([z.string(), z.instanceof(Uint8Array)]).nullish();
const headersSchema = z
  .record(z.string(), z.union([z.array(z.coerce.string()), z.coerce.string().transform((line) => [line])]))
  .nullish();

/** The format of go-vcr, versions 1 and 2, as far as both have it. An empty method is Go's GET. */
const cassetteSchema = z.object({
  version: z.union([z.literal(1), z.literal(2)]).optional(),
  interactions: z
    .array(
      z.object({
        request: z.object({
          method: z.string().nullish(),
          url: z.string(),
          body: bodySchema,
          headers: headersSchema,
        }),
        response: z.object({
          code: z.int().optional(),
          status: z.union([z.string(), z.int()]).nullish(),
          body: bodySchema,
          headers: headersSchema,
        }),
      }),
    )
    .nullish(),
});
type Recorded = NonNullable<z.output<typeof cassetteSchema>["interactions"]>[number];

/**
 * Reads a recording in the format of go-vcr.
 *
 * @param name what to call it
 * @throws {NoRecordingError} when the text is none, or holds nothing that was sent to one of the vendors
 */
export function readCassette(name: string, text: string): Recording {
  const parsed = cassetteSchema.safeParse(parseYaml(text));
  if (!parsed.success) throw new NoRecordingError("not a recording of go-vcr, version 1 or 2");
  const recorded = (parsed.data.interactions ?? []).flatMap((entry, index) => {
    const url = URL.parse(entry.request.url);
    const vendor = url === null ? undefined : vendorOf(url);
    return url === null || vendor === undefined ? [] : [{ vendor, of: interactionOf(entry, url, index) }];
  });
  const vendor = mostFrequent(recorded.map((one) => one.vendor));
  if (vendor === undefined) {
    const isEmpty = (parsed.data.interactions ?? []).length === 0;
    throw new NoRecordingError(isEmpty ? "nothing was recorded" : "no request in it went to Auth0 or Okta");
  }
  return {
    name,
    vendor,
    interactions: recorded.filter((one) => one.vendor === vendor).map((one) => one.of),
  };
}

function parseYaml(text: string): unknown {
  try {
    const value: unknown = parse(text, { customTags: ["binary"], logLevel: "error" });
    return value;
  } catch {
    throw new NoRecordingError("not YAML");
  }
}

function interactionOf({ request, response }: Recorded, url: URL, index: number): Interaction {
  const requestHeaders = lowerCased(request.headers);
  const responseHeaders = lowerCased(response.headers);
  return {
    index,
    method: (request.method ?? "") === "" ? "GET" : String(request.method).toUpperCase(),
    origin: url.origin,
    // Not `url.pathname`: what was sent, with its own escapes.
    path: request.url.replace(/^[a-z]+:\/\/[^/?]*/i, "").replace(/^(?!\/)/, "/"),
    requestBody: withAddress(textOf(request.body ?? "", requestHeaders["content-encoding"]?.[0]), url.origin),
    contentType: requestHeaders["content-type"]?.[0],
    status: response.code ?? Number.parseInt(String(response.status), 10),
    responseBody: withAddress(
      textOf(response.body ?? "", responseHeaders["content-encoding"]?.[0]),
      url.origin,
    ),
    responseHeaders,
  };
}

function lowerCased(headers: Record<string, string[]> | null | undefined): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(headers ?? {}).map(([name, lines]) => [name.toLowerCase(), lines]),
  );
}

function mostFrequent(names: readonly VendorName[]): VendorName | undefined {
  const count = (vendor: VendorName) => names.filter((name) => name === vendor).length;
  return VENDORS.filter((vendor) => count(vendor) > 0).toSorted((one, other) => count(other) - count(one))[0];
}
