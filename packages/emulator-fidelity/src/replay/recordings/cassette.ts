import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import { parse } from "yaml";
import { z } from "zod";
import { withAddress } from "./recorder.ts";
import { VENDORS } from "./recording.ts";
import type { Interaction, Recording, VendorName } from "./recording.ts";

/** A file that holds no recording that can be replayed; the message says why. */
export class NoRecordingError extends Error {
  override readonly name = "NoRecordingError";
}

/** Text, or bytes where YAML says `!!binary`. */
const bodySchema = z.union([z.string(), z.instanceof(Uint8Array)]).nullish();
const headersSchema = z
  .record(z.string(), z.union([z.array(z.coerce.string()), z.coerce.string().transform((line) => [line])]))
  .nullish()
  .transform((headers) =>
    Object.fromEntries(Object.entries(headers ?? {}).map(([name, lines]) => [name.toLowerCase(), lines])),
  );

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
    .nullish()
    .transform((interactions) => interactions ?? []),
});
type Recorded = z.output<typeof cassetteSchema>["interactions"][number];

/**
 * Reads a recording in the format of go-vcr.
 *
 * @param name what to call it
 * @throws {NoRecordingError} when the text is none, or holds nothing that was sent to one of the vendors
 */
export function readCassette(name: string, text: string): Recording {
  const parsed = cassetteSchema.safeParse(parseYaml(text));
  if (!parsed.success) throw new NoRecordingError("not a recording of go-vcr, version 1 or 2");
  const all = parsed.data.interactions;
  const recorded = all.flatMap((entry, index) => {
    const url = URL.parse(entry.request.url);
    const vendor = url === null ? undefined : vendorOf(url);
    return url === null || vendor === undefined ? [] : [{ vendor, of: interactionOf(entry, url, index) }];
  });
  const count = (vendor: VendorName) => recorded.filter((one) => one.vendor === vendor).length;
  const [vendor] = VENDORS.toSorted((one, other) => count(other) - count(one));
  if (vendor === undefined || count(vendor) === 0) {
    throw new NoRecordingError(
      all.length === 0 ? "nothing was recorded" : "no request in it went to Auth0 or Okta",
    );
  }
  const interactions = recorded.filter((one) => one.vendor === vendor).map((one) => one.of);
  return { name, vendor, interactions };
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
  const bodyOf = ({ body, headers }: Recorded["request"] | Recorded["response"]) =>
    withAddress(textOf(body ?? "", headers["content-encoding"]?.[0]), url.origin);
  return {
    index,
    method: request.method ? request.method.toUpperCase() : "GET",
    origin: url.origin,
    // Not `url.pathname`: what was sent, with its own escapes.
    path: request.url.replace(/^[a-z]+:\/\/[^/?]*/i, "").replace(/^(?!\/)/, "/"),
    requestBody: bodyOf(request),
    contentType: request.headers["content-type"]?.[0],
    status: response.code ?? Number.parseInt(String(response.status), 10),
    responseBody: bodyOf(response),
    responseHeaders: response.headers,
  };
}

/** Some recorders keep a compressed body as it came. Gzip shows in its first bytes, others in `content-encoding`. */
function textOf(body: string | Uint8Array, encoding: string | undefined): string {
  // In YAML without `!!binary`, the bytes of a gzip stream are a text of one character a byte.
  if (typeof body === "string" && !body.startsWith("\u001f\u008b")) return body;
  const bytes = typeof body === "string" ? Buffer.from(body, "latin1") : Buffer.from(body);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return gunzipSync(bytes).toString("utf8");
  const decompress = { br: brotliDecompressSync, deflate: inflateSync }[encoding ?? ""];
  try {
    return (decompress?.(bytes) ?? bytes).toString("utf8");
  } catch {
    // A header may name an encoding that the recorder has undone already.
    return bytes.toString("utf8");
  }
}

/** Domains of the vendors' tenants, and the stand-in domain of recordings whose org's name was taken out. */
const DOMAINS: readonly (readonly [RegExp, VendorName])[] = [
  [/(^|\.)auth0\.com$/i, "auth0"],
  [/(^|[.-])okta(preview|-emea|-gov)?\.com$/i, "okta"],
];

/** Paths that only one of the vendors has; for tenants behind a domain of their own. */
const PATHS: readonly (readonly [RegExp, VendorName])[] = [
  [/^\/(api\/v2|oauth\/token|userinfo|dbconnections)(\/|$)/, "auth0"],
  [/^\/(api\/v1|oauth2)(\/|$)|^\/\.well-known\/okta-organization$/, "okta"],
];

/** Which vendor a recorded request went to: by the host, else by the path. */
function vendorOf(url: URL): VendorName | undefined {
  const byHost = DOMAINS.find(([pattern]) => pattern.test(url.hostname));
  return (byHost ?? PATHS.find(([pattern]) => pattern.test(url.pathname)))?.[1];
}
