/** The kinds of values that several keys share. */
import { z } from "zod";
import { field, type Words } from "./field.ts";

type About = Omit<Words, "wants">;

/** What leaving out means of a setting that is then not sent. */
export const KEPT = "nothing is sent, and Auth0 keeps what it has";

/** Text of 1 to `most` characters with no blank at either end. */
export function text(most: number, about: About) {
  const schema = z.string().min(1).max(most);
  return field(
    schema.refine((value) => value.trim() === value),
    { wants: `text of 1 to ${String(most)} characters with no blank at either end`, ...about },
  );
}

/** Text of a form of its own. */
export function pattern(form: RegExp, words: Words) {
  return field(z.string().regex(form), words);
}

/** true or false, written without quotes. */
export function flag(about: About) {
  return field(z.boolean(), { wants: "true or false, without quotes", ...about });
}

/** One of a few words. */
export function oneOf<const Choices extends readonly [string, ...string[]]>(choices: Choices, about: About) {
  return field(z.enum(choices), { wants: `one of ${choices.join(", ")}`, ...about });
}

/** A whole number in a range, both ends included. */
export function wholeNumber(least: number, most: number, unit: string, about: About) {
  const wants = `a whole number of ${unit} from ${String(least)} to ${String(most)}, without quotes`;
  return field(z.int().min(least).max(most), { wants, ...about });
}

/** A host, with a port if need be, and nothing around it. */
export const HOST =
  /^(?=.{1,253}(?::|$))[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*(?::\d{1,5})?$/;

/** Whether a URL's host name is this machine's own. */
export function isLoopback(hostname: string): boolean {
  return /^(?:(?:.+\.)?localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

/** A URL with `//`, without blanks and without a fragment (RFC 6749, 3.1.2). */
function redirectUrl(value: string): URL | undefined {
  const hasForm = /^[a-z][a-z0-9+.-]*:\/\/[^\s#]*$/i.test(value) && URL.canParse(value);
  return hasForm ? new URL(value) : undefined;
}

/** https anywhere, http on this machine only. */
export function isWebUrl(value: string): boolean {
  const url = redirectUrl(value);
  return url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname));
}

const NO_APP_SCHEMES = ["http:", "https:", "javascript:", "data:", "file:", "ftp:", "ws:", "wss:"];

/** A URL of a scheme of its own, such as `com.example.app://callback`, that a native application listens to. */
function isAppUrl(value: string): boolean {
  const url = redirectUrl(value);
  return url !== undefined && !NO_APP_SCHEMES.includes(url.protocol);
}

const WEB_URL_RULE = "an https URL without a # part (http only for localhost, 127.0.0.1 and [::1])";

/** A web address that a browser is sent to. */
export function webUrl(about: About) {
  return field(z.string().refine(isWebUrl), { wants: WEB_URL_RULE, ...about });
}

/** As {@link webUrl}, or an address with a scheme of its own for a native application. */
export function callbackUrl(about: About) {
  return field(
    z.string().refine((value) => isWebUrl(value) || isAppUrl(value)),
    { wants: WEB_URL_RULE, ...about },
  );
}
