import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";

/** A body as the recorder wrote it: text, or bytes where YAML says `!!binary`. */
export type RecordedBody = string | Uint8Array;

/**
 * The text of a recorded body. Recorders differ in whether they keep a compressed body as it came; what is
 * compressed tells by its first bytes or by the header `content-encoding`.
 */
export function textOf(body: RecordedBody, encoding: string | undefined): string {
  const bytes = typeof body === "string" ? compressedBytes(body) : Buffer.from(body);
  if (bytes === undefined) return String(body);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return gunzipSync(bytes).toString("utf8");
  if (encoding === "br") return attempt(() => brotliDecompressSync(bytes), bytes);
  if (encoding === "deflate") return attempt(() => inflateSync(bytes), bytes);
  return bytes.toString("utf8");
}

/** The bytes of a gzip stream that was written as a text of one character a byte. */
function compressedBytes(text: string): Buffer | undefined {
  return text.startsWith("\u001f\u008b") ? Buffer.from(text, "latin1") : undefined;
}

/** A header may name an encoding that the recorder has undone already. */
function attempt(decompress: () => Buffer, bytes: Buffer): string {
  try {
    return decompress().toString("utf8");
  } catch {
    return bytes.toString("utf8");
  }
}
