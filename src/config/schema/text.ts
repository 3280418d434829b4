import { z } from "zod";
import { field } from "./field.ts";

/** Text of 1 to `most` characters with no blank at either end. */
export function text(most: number, example: string) {
  return field(
    z
      .string()
      .min(1)
      .max(most)
      .refine((value) => value.trim() === value),
    {
      wants: `text of 1 to ${String(most)} characters with no blank at either end`,
      example,
    },
  );
}

/** true or false, written without quotes. */
export function flag(example: boolean) {
  return field(z.boolean(), { wants: "true or false, without quotes", example: String(example) });
}

/** One of a few words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(
  words: Words,
  example: Words[number],
) {
  return field(z.enum(words), { wants: `one of ${words.join(", ")}`, example });
}

/** A whole number in a range, both ends included. */
export function wholeNumber(least: number, most: number, unit: string, example: number) {
  return field(z.int().min(least).max(most), {
    wants: `a whole number of ${unit} from ${String(least)} to ${String(most)}, without quotes`,
    example: String(example),
  });
}

const LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"];

/** A URL with `//`, without blanks and without a fragment (RFC 6749, 3.1.2). */
function redirectUrl(value: string): URL | undefined {
  if (!URL.canParse(value) || /[\s#]/.test(value) || !/^[a-z][a-z0-9+.-]*:\/\//i.test(value))
    return undefined;
  return new URL(value);
}

/** https anywhere, http on this machine only. */
export function isWebUrl(value: string): boolean {
  const url = redirectUrl(value);
  return url?.protocol === "https:" || (url?.protocol === "http:" && LOOPBACK_HOSTS.includes(url.hostname));
}

const NO_APP_SCHEMES = ["http:", "https:", "javascript:", "data:", "file:", "ftp:", "ws:", "wss:"];

/** A URL of a scheme of its own, such as `com.example.app://callback`, that a native application listens to. */
export function isAppUrl(value: string): boolean {
  const url = redirectUrl(value);
  return url !== undefined && !NO_APP_SCHEMES.includes(url.protocol);
}

const WEB_URL_RULE = "an https URL without a # part (http only for localhost, 127.0.0.1 and [::1])";

/** A web address that a browser is sent to. */
export function webUrl(example: string) {
  return field(z.string().refine(isWebUrl), { wants: WEB_URL_RULE, example });
}

/** As {@link webUrl}, or an address with a scheme of its own for a native application. */
export function callbackUrl(example: string) {
  return field(
    z.string().refine((value) => isWebUrl(value) || isAppUrl(value)),
    { wants: WEB_URL_RULE, example },
  );
}
