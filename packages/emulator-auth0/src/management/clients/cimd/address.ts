import { format } from "../../formats.ts";

/** Bytes. */
const LONGEST = 120;

/** Whether a host is this machine's own. Auth0 refuses such ones; a local tenant has documents there. */
export function isLoopback(hostname: string): boolean {
  return /^(?:(?:.+\.)?localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

/**
 * The address of a client's metadata document (Auth0 docs, "CIMD Validation Rules"), and on this machine also one
 * without TLS.
 */
export const documentAddress = format("client-id-metadata-document-uri", (value) => {
  const url = URL.parse(value);
  if (url === null || value.trim() !== value || Buffer.byteLength(value) > LONGEST) return false;
  const isSecure = url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname));
  // The library takes dot segments out, and what follows a lone # or ?.
  const [, path = ""] = /^https?:\/\/[^/?#]+(\/[^?#]+)$/.exec(value) ?? [];
  return (
    isSecure &&
    path !== "" &&
    url.username + url.password === "" &&
    url.port !== "0" &&
    !/%(?![0-9a-f]{2})/i.test(value) &&
    !path.split("/").some((segment) => /^(?:\.|%2e){1,2}$/i.test(segment))
  );
});
