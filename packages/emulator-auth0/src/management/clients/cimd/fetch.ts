import { isRecord, parseJson } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "../../../context.ts";

/** More than a vendor gives: a client and its document may share a busy machine with the tenant. */
const TIMEOUT_MS = 30_000;

/** Why a document could not be had. */
export class Unavailable extends Error {}

/**
 * The JSON object at an address. As Auth0 does it: no redirects are followed, and no more is read than it may have.
 * Throws Unavailable.
 *
 * @param most bytes
 */
export async function fetchObject(
  { fetch }: Auth0Context,
  address: string,
  most: number,
): Promise<Readonly<Record<string, unknown>>> {
  const text = await textAt(fetch, address, most);
  try {
    const value = parseJson(text);
    if (isRecord(value)) return value;
  } catch {
    // Said below.
  }
  throw new Unavailable(`${address} is not a JSON object.`);
}

async function textAt(fetch: Auth0Context["fetch"], address: string, most: number): Promise<string> {
  try {
    const answer = await fetch(address, {
      headers: { accept: "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!answer.ok) throw new Unavailable(`${address} answered ${String(answer.status)}.`);
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const part of answer.body ?? []) {
      const chunk: unknown = part;
      if (!(chunk instanceof Uint8Array)) continue;
      chunks.push(chunk);
      size += chunk.length;
      if (size > most) throw new Unavailable(`${address} has more than ${String(most)} bytes.`);
    }
    return Buffer.concat(chunks).toString("utf8");
  } catch (error) {
    if (error instanceof Unavailable) throw error;
    throw new Unavailable(`${address} could not be fetched.`, { cause: error });
  }
}
