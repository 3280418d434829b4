/** Requests for a route: as its clients send them, and as they should not. */
import fc from "fast-check";
import { hostileText, hostileValue, mutated, mutation, type Value } from "./hostile.ts";
import { shaped } from "./shapes.ts";
import type { FuzzedRoute, FuzzTarget, Sent } from "./target.ts";

/** Segments that decode to something else, or to nothing. */
const ODD_SEGMENTS = fc.constantFrom(
  "%2F",
  "%00",
  "%",
  "%zz",
  "%E0%A4%A",
  "..",
  ".%2e",
  "%252F",
  "a%20b",
  "a".repeat(1_000),
  "%F0%9F%A4%96",
  "*",
  "__proto__",
);

export function requestsFor(route: FuzzedRoute, target: FuzzTarget): fc.Arbitrary<Sent> {
  return fc
    .record({
      path: pathFor(route, target),
      query: queryFor(route, target),
      body: bodyFor(route, target),
      headers: headersFor(route, target),
    })
    .map(({ path, query, body, headers }) => ({
      method: route.method,
      path: path + query,
      headers: { ...headers, ...(body === undefined ? {} : { "content-type": body.type }) },
      ...(body === undefined ? {} : { body: body.text }),
    }));
}

function pathFor(route: FuzzedRoute, target: FuzzTarget): fc.Arbitrary<string> {
  const segments = route.path.split("/");
  const parts = segments.map((segment, index): fc.Arbitrary<string> => {
    if (!segment.startsWith(":")) return fc.constant(segment);
    const there = [...target.references(segments[index - 1] ?? ""), ...target.references(segment.slice(1))];
    const known = there.length === 0 ? fc.constant("none") : fc.constantFrom(...there);
    return fc.oneof(
      { weight: 12, arbitrary: known.map(encodeURIComponent) },
      {
        weight: 1,
        arbitrary: hostileText.map((text) => encodeURIComponent(text.slice(0, 700).toWellFormed())),
      },
      { weight: 1, arbitrary: ODD_SEGMENTS },
    );
  });
  const mixed = fc.tuple(...parts).map((made) => made.join("/"));
  const real = target.things.flatMap((thing) => pathAt(segments, thing.split("/")));
  return real.length === 0 ? mixed : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...real) }, mixed);
}

/** A route's path with the parameters of a thing that is there, if it lies there. */
function pathAt(route: readonly string[], thing: readonly string[]): string[] {
  const path = route.map((segment, index) => (segment.startsWith(":") ? (thing[index] ?? segment) : segment));
  const fits = thing.slice(0, route.length).every((segment, index) => path[index] === segment);
  return fits && !path.some((segment) => segment.startsWith(":")) ? [path.join("/")] : [];
}

function queryFor({ schemas }: FuzzedRoute, target: FuzzTarget): fc.Arbitrary<string> {
  const fitting = schemas.query === undefined ? fc.constant({}) : shaped(schemas.query, target.references);
  const odd = fc.dictionary(
    fc.constantFrom(
      "page",
      "per_page",
      "take",
      "from",
      "limit",
      "after",
      "q",
      "filter",
      "fields",
      "sort",
      "a[b]",
    ),
    fc.oneof(hostileText, fc.constantFrom("0", "100", "-1", "1e3", "true")),
    { maxKeys: 3 },
  );
  const texts = (value: Value): string => {
    const form = formOf(value);
    return form === "" ? "" : `?${form}`;
  };
  return fc.oneof(
    { weight: 6, arbitrary: fitting.map(texts) },
    { weight: 2, arbitrary: odd.map(texts) },
    {
      weight: 1,
      arbitrary: fc.constantFrom("?", "?&&=", "?page=%", "?q=%00", "?q=%E0%A4%A", "?page=1&page=2"),
    },
  );
}

interface Body {
  readonly text: string;
  readonly type: string;
}

function bodyFor(route: FuzzedRoute, target: FuzzTarget): fc.Arbitrary<Body | undefined> {
  const { method, schemas } = route;
  const none = fc.constant(undefined);
  const odd = fc.constantFrom<Body>(...ODD_BODIES);
  if (method === "GET") return none;
  const good = target.steps.filter((step) => step.method === method && isAt(route, step.path));
  const bodies = good.flatMap(({ body }) => (body === undefined ? [] : [body, renamed(body)]));
  const forms = good.flatMap(({ form }) => (form === undefined ? [] : [form]));
  const shapes = schemas.body === undefined ? [] : [shaped(schemas.body, target.references)];
  const known = bodies.length === 0 ? [] : [fc.constantFrom<Value[]>(...bodies)];
  const fitting = [...shapes, ...known, ...known];
  const anything = fitting.length === 0 ? hostileValue : fc.oneof(...fitting);
  const form = forms.length === 0 ? anything : fc.oneof(fc.constantFrom<Value[]>(...forms), anything);
  const mutatedBody = (value: fc.Arbitrary<Value>): fc.Arbitrary<Value> =>
    fc.tuple(value, fc.nat(), mutation).map(([whole, where, how]) => mutated(whole, where, how));
  return fc.oneof(
    { weight: schemas.body === undefined ? 6 : 1, arbitrary: none },
    { weight: 5, arbitrary: anything.map(inJson) },
    { weight: 6, arbitrary: mutatedBody(anything).map(inJson) },
    { weight: 1, arbitrary: hostileValue.map(inJson) },
    { weight: forms.length > 0 ? 8 : 1, arbitrary: form.map(inForm) },
    { weight: forms.length > 0 ? 4 : 1, arbitrary: mutatedBody(form).map(inForm) },
    { weight: 1, arbitrary: odd },
  );
}

/** Properties that are unique in a tenant. */
const UNIQUE = new Set(["name", "label", "email", "login", "identifier", "domain", "kid"]);

/** The same with other names. */
function renamed(value: Value): Value {
  if (Array.isArray(value)) return value.map(renamed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      typeof each === "string" && UNIQUE.has(key) ? each.replace(/fuzz/i, "other") : renamed(each),
    ]),
  );
}

const JSON_TYPE = "application/json";
const FORM_TYPE = "application/x-www-form-urlencoded";
const inJson = (value: Value): Body => ({ text: JSON.stringify(value), type: JSON_TYPE });
const inForm = (value: Value): Body => ({ text: formOf(value), type: FORM_TYPE });

const ODD_BODIES: readonly Body[] = [
  { text: '{"a":', type: JSON_TYPE },
  { text: "", type: JSON_TYPE },
  { text: '{"__proto__":{"x":1},"name":"a"}', type: JSON_TYPE },
  { text: '{"name":"a","name":"b"}', type: JSON_TYPE },
  { text: "\ufeff{}", type: JSON_TYPE },
  { text: "name=a&name=b&x[y]=1", type: FORM_TYPE },
  { text: "%=%&=", type: FORM_TYPE },
  { text: "{}", type: "text/plain" },
  { text: "{}", type: "application/xml" },
  { text: "{}", type: "nonsense" },
  { text: "{}", type: `${JSON_TYPE}; charset=utf-7` },
];

/** Whether a path is one of the route's. */
function isAt(route: FuzzedRoute, path: string): boolean {
  const [plain = ""] = path.split("?", 1);
  const there = plain.split("/");
  const segments = route.path.split("/");
  return (
    segments.length === there.length &&
    segments.every((segment, index) => segment.startsWith(":") || segment === there[index])
  );
}

function headersFor(
  { access }: FuzzedRoute,
  { authorization }: FuzzTarget,
): fc.Arbitrary<Record<string, string>> {
  const wrong = fc.constantFrom(
    "",
    "Bearer",
    "Bearer x.y.z",
    "SSWS nobody",
    "Basic Og==",
    "Basic %%%",
    "a b c d",
  );
  const [usual, unusual] = access === "public" ? [{}, { authorization }] : [{ authorization }, {}];
  return fc.oneof(
    { weight: 16, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constant(unusual) },
    { weight: 1, arbitrary: wrong.map((text) => ({ authorization: text })) },
  );
}

/** The properties of a value as a query or form has them. */
function formOf(value: Value): string {
  const pairs = Object.entries(value !== null && typeof value === "object" ? value : {});
  return new URLSearchParams(
    pairs.map(([key, each]): [string, string] => [
      key,
      typeof each === "string" ? each : JSON.stringify(each),
    ]),
  ).toString();
}
