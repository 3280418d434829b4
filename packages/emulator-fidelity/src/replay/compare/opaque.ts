import type { Recording, VendorName } from "../recordings/recording.ts";

/**
 * What a tenant makes up by itself: ids, keys, secrets, cursors. Such a value means nothing by its letters, only by
 * where it comes again; so two of the same kind may stand for each other.
 */
interface Kind {
  readonly name: string;
  readonly form: RegExp;
  /** What two values of the kind must share: their prefix, say. The whole form when there is none. */
  readonly like?: (text: string) => string;
}

const KINDS: Readonly<Record<VendorName, readonly Kind[]>> = {
  auth0: [
    { name: "user id", form: /^[\w-]+\|[0-9a-f]{24}$/, like: (text) => text.split("|")[0] ?? "" },
    {
      name: "id",
      form: /^[a-z]{2,5}_(?=[a-z]*[A-Z0-9])[A-Za-z0-9]{16,24}$/,
      like: (text) => text.split("_")[0] ?? "",
    },
    { name: "object id", form: /^[0-9a-f]{24}$/ },
    { name: "proof", form: /^(?=.*[0-9])(?=.*[a-f])[0-9a-f]{32}$/ },
    // Where a custom domain has to point: the tenant's name, the domain's id in small letters, the vendor's edge.
    { name: "edge host", form: /^[\w.-]+-cd-[a-z0-9]{16}\.edge\.tenants\.[\w.]+$/ },
    { name: "client id", form: /^(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9]{32}$/ },
    { name: "key id", form: /^(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9_-]{43}$/ },
    { name: "key or secret", form: /^(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9+/=_-]{60,}$/ },
  ],
  okta: [
    {
      name: "id",
      form: /^(?=.{3}.*[0-9A-Z])(0[0-9A-Za-z]{2}|[a-z]{2}[a-z1])[A-Za-z0-9_-]{17}$/,
      like: (text) => text.slice(0, 3),
    },
    { name: "error id", form: /^oae[A-Za-z0-9_-]{22}$/ },
    { name: "key id", form: /^(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9_-]{43}$/ },
    { name: "key or secret", form: /^(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9+/=_-]{60,}$/ },
  ],
};

/** Properties whose values are secrets or cursors whatever their form; a recorder may have blanked them. */
const OPAQUE_KEYS = new Set(["client_secret", "clientSecret", "secret_hash", "next", "access_token", "jti"]);

const TOKEN = /[\w-]+\|[0-9a-f]{24}(?![0-9a-f])|[A-Za-z0-9+/=_-]{20,}/g;
const TIME = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)?)?$/;

function kindOf(text: string, vendor: VendorName): string | undefined {
  const kind = KINDS[vendor].find(({ form }) => form.test(text));
  return kind && [kind.name, kind.like?.(text) ?? ""].join(" ").trim();
}

/** A text taken apart: what is fixed in it, and the made-up values in their order. */
interface Skeleton {
  readonly fixed: string;
  readonly values: readonly string[];
}

/** The vendor's static files: on a host of their own, with a hash in their name. */
const STATIC_FILE = /^https?:\/\/[^/]+(\/assets\/.+?)(?:\.[0-9a-f]{32})?\.(png|svg|jpg|gif)$/;

/** Takes a text apart. `key` is the property that it is the value of. */
export function skeletonOf(text: string, key: string, vendor: VendorName): Skeleton {
  if (OPAQUE_KEYS.has(key) && text !== "") return { fixed: `<${key}>`, values: [text] };
  const file = STATIC_FILE.exec(text);
  if (file !== null) return { fixed: `<file ${file[1] ?? ""}.${file[2] ?? ""}>`, values: [text] };
  const whole = kindOf(text, vendor);
  if (whole !== undefined) return { fixed: `<${whole}>`, values: [text] };
  const values: string[] = [];
  const fixed = text.replaceAll(TOKEN, (token) =>
    partsOf(token)
      .map((part) => {
        const kind = kindOf(part, vendor);
        if (kind === undefined) return part;
        values.push(part);
        return `<${kind}>`;
      })
      .join("/"),
  );
  return { fixed, values };
}

function partsOf(token: string): string[] {
  return token.includes("|") ? [token] : token.split("/");
}

/** The ids in a text, JSON or a path. */
export function idsIn(text: string, vendor: VendorName): string[] {
  return [...text.matchAll(TOKEN)].flatMap(([token]) =>
    partsOf(token).filter((part) => kindOf(part, vendor) !== undefined),
  );
}

/**
 * The ids of things that the recorded tenant held already: those that the recording names, or a read shows, before
 * any write answered with them.
 */
export function priorIds({ vendor, interactions }: Recording): ReadonlySet<string> {
  const prior = new Set<string>();
  const made = new Set<string>();
  for (const { method, path, requestBody, responseBody } of interactions) {
    const asked = idsIn(`${decoded(path)} ${requestBody}`, vendor);
    const answered = idsIn(responseBody, vendor);
    for (const id of method === "GET" ? [...asked, ...answered] : asked) if (!made.has(id)) prior.add(id);
    if (method !== "GET") for (const id of answered) if (!prior.has(id)) made.add(id);
  }
  return prior;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The form of a time, with its digits taken out. Nothing when the text is no time. */
export function timeForm(text: string): string | undefined {
  return TIME.test(text) ? text.replaceAll(/\d/g, "0") : undefined;
}
