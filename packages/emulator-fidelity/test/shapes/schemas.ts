/** Validators of answers, made from the SDKs' types; the schemas are kept in `node_modules/.cache` between runs. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import type { ValidateFunction } from "ajv";
import { z } from "zod";

const FOLDER = join(process.cwd(), "packages/emulator-fidelity/test/shapes");
const CACHE = join(process.cwd(), "node_modules/.cache/response-shapes");
/** What the schemas are made of, or by. */
const SOURCES = [
  join(FOLDER, "sdk-answers.ts"),
  join(FOLDER, "make-schemas.mjs"),
  ...["auth0", "@okta/okta-sdk-nodejs", "ts-json-schema-generator"].map((name) =>
    join(process.cwd(), "node_modules", name, "package.json"),
  ),
];

/** The vendors whose SDK says what answers look like. */
export type SdkVendor = "auth0" | "okta";

type Schema = Record<string, unknown>;
const schemaSchema: z.ZodType<Schema> = z.record(z.string(), z.unknown());
const definitionsSchema = z.object({ definitions: z.record(z.string(), schemaSchema) });
const answersSchema = z.object({ properties: z.record(z.string(), schemaSchema) });

/** A function for each operation that says what is wrong with an answer. */
export function validatorsOf(vendor: SdkVendor): ReadonlyMap<string, ValidateFunction> {
  const { definitions } = definitionsSchema.parse(z.record(z.string(), z.unknown()).parse(schemas())[vendor]);
  const closed = Object.fromEntries(
    Object.entries(definitions).map(([name, schema]) => [name, vendor === "auth0" ? close(schema) : schema]),
  );
  const root = vendor === "auth0" ? "Auth0Answers" : "OktaAnswers";
  const { properties } = answersSchema.parse(definitions[root]);
  const ajv = new Ajv({ allErrors: true, verbose: true, strict: false, formats: { "date-time": isTime } });
  ajv.addSchema({ $id: "sdk", definitions: closed });
  return new Map(
    Object.entries(properties).map(([operation, schema]) => [operation, ajv.compile(withBase(schema))]),
  );
}

function isTime(text: string): boolean {
  return z.iso.datetime({ offset: true }).safeParse(text).success;
}

/** The types allow properties that nobody knows of on nearly everything; here an unknown one is a find. */
function close(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(close);
  const parsed = schemaSchema.safeParse(schema);
  if (!parsed.success) return schema;
  const inner = Object.fromEntries(Object.entries(parsed.data).map(([key, value]) => [key, close(value)]));
  return "properties" in inner ? { ...inner, additionalProperties: false } : inner;
}

/** References are to the definitions of the shared schema. */
function withBase(schema: Schema): Schema {
  const text = JSON.stringify(schema).replaceAll('"#/definitions/', '"sdk#/definitions/');
  return schemaSchema.parse(JSON.parse(text));
}

function schemas(): unknown {
  const hash = createHash("sha256");
  for (const file of SOURCES) hash.update(readFileSync(file));
  const file = join(CACHE, `${hash.digest("hex").slice(0, 16)}.json`);
  if (!existsSync(file)) {
    mkdirSync(CACHE, { recursive: true });
    const draft = `${file}.${String(process.pid)}`;
    execFileSync(process.execPath, [join(FOLDER, "make-schemas.mjs"), draft], { stdio: "inherit" });
    renameSync(draft, file);
  }
  const parsed: unknown = JSON.parse(readFileSync(file, "utf8"));
  return parsed;
}
