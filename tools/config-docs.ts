/**
 * What docs/configuration.md, README.md and Pulumi.yaml say about the configuration, from its schema. Each has lines
 * that name a part as "written by npm run docs"; what stands between them is written here, the rest by hand.
 */
import { stringify } from "yaml";
import { z } from "zod";
import { fieldsOf, unwrap, wordsOf } from "../src/components/checks/field.ts";
import { configSchema } from "../src/config/schema.ts";

type Schema = z.core.$ZodType;

/** The files, each with the parts that are written in it. */
export const pages: Readonly<Record<string, () => ReadonlyMap<string, string>>> = {
  "docs/configuration.md": () =>
    new Map(fieldsOf(configSchema).map(([key, schema]) => [`fields of ${key}`, fieldTable(key, schema)])),
  "README.md": () => new Map([["configuration keys", keyTable()]]),
  "Pulumi.yaml": () =>
    new Map([
      [
        "configuration keys",
        stringify(projectKeys(), { lineWidth: 0, aliasDuplicateObjects: false }).trimEnd(),
      ],
    ]),
};

/**
 * A page with its parts as the schema has them now.
 * @throws Error when the page has no place for a part
 */
export function written(page: string, text: string): string {
  let result = text;
  for (const [name, part] of pages[page]?.() ?? []) {
    const place = new RegExp(
      `(^.*\\b${name}, written by npm run docs\\b.*\\n)[^]*?(^.*\\bend of ${name}\\b)`,
      "m",
    );
    if (!place.test(result)) throw new Error(`${page} has no lines that begin and end "${name}"`);
    result = result.replace(place, (_, first: string, last: string) => `${first}${part}\n${last}`);
  }
  return result;
}

function keyTable(): string {
  const rows = fieldsOf(configSchema).map(([key, schema]) => {
    const { description, fallback, leftOut } = about(key, schema);
    return [`\`${key}\``, kindOf(schema), fallback || leftOut, `${description}${namesOf(schema, "`")}`];
  });
  return table(["Key", "Type", "Left out", "What it is"], rows);
}

function fieldTable(key: string, schema: Schema): string {
  const inner = itemOf(schema);
  const rows = inner instanceof z.ZodObject ? rowsOf(inner, "") : [rowOf(key, schema), ...ofFiles(inner)];
  return table(["Field", "Type", "Default", "Left out", "What it is", "It wants"], rows);
}

/** What a file says besides the fields of `organization`. */
function ofFiles(schema: Schema): string[][] {
  if (!isFiles(schema)) return [];
  const known = new Set(fieldsOf(configSchema.shape.organization).map(([name]) => name));
  return fieldsOf(unwrap(schema.valueType)).flatMap(([name, value]) =>
    known.has(name) ? [] : [rowOf(name, value)],
  );
}

/** Objects that are read from files: the configuration has the path of the folder. */
function isFiles(schema: Schema): schema is z.ZodRecord {
  return schema instanceof z.ZodRecord && unwrap(schema.valueType) instanceof z.ZodObject;
}

function rowsOf(schema: Schema, prefix: string): string[][] {
  return fieldsOf(schema).flatMap(([name, value]) => {
    const list = unwrap(value) instanceof z.ZodArray ? "[]" : "";
    return [rowOf(`${prefix}${name}`, value), ...rowsOf(itemOf(value), `${prefix}${name}${list}.`)];
  });
}

function rowOf(name: string, schema: Schema): string[] {
  const { description, wants, fallback, leftOut } = about(name, schema);
  const rule = unwrap(schema) instanceof z.ZodBoolean ? "" : wants.replace(/[<>*_]/g, "\\$&");
  return [`\`${name}\``, kindOf(schema), fallback, leftOut, description, rule];
}

/** The words of a field, all of which the reference needs. */
function about(name: string, schema: Schema) {
  const { wants = "", description, leftOut = "" } = wordsOf(schema) ?? {};
  if (description === undefined) throw new Error(`${name} has no description`);
  if (schema instanceof z.ZodDefault) {
    return {
      wants,
      description,
      fallback: `\`${JSON.stringify(schema.def.defaultValue).replaceAll('"', "")}\``,
      leftOut,
    };
  }
  if (!(schema instanceof z.ZodOptional)) return { wants, description, fallback: "required", leftOut };
  if (leftOut === "") throw new Error(`${name} does not say what leaving it out means`);
  return { wants, description, fallback: "", leftOut };
}

/** The schema of a list's items, or of the value itself. */
function itemOf(schema: Schema): Schema {
  const inner = unwrap(schema);
  return inner instanceof z.ZodArray ? unwrap(inner.element) : inner;
}

type Kind = "list" | "object" | "boolean" | "number" | "text";

function kindOf(schema: Schema): Kind {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodArray) return "list";
  if (isFiles(inner)) return "text";
  if (inner instanceof z.ZodObject || inner instanceof z.ZodRecord) return "object";
  if (inner instanceof z.ZodBoolean) return "boolean";
  return inner instanceof z.ZodNumber ? "number" : "text";
}

function namesOf(schema: Schema, quote: string): string {
  const names = fieldsOf(itemOf(schema)).map(([name]) => `${quote}${name}${quote}`);
  return names.length === 0 ? "" : `: ${names.join(", ")}`;
}

/** The keys as Pulumi.yaml declares them. A default for each: without one, the engine would require the key. */
function projectKeys(): object {
  const declarations: Readonly<Record<Kind, { type: string; items?: object; default: unknown }>> = {
    list: { type: "array", items: { type: "object" }, default: [] },
    object: { type: "object", default: {} },
    text: { type: "string", default: "" },
    boolean: { type: "boolean", default: false },
    number: { type: "integer", default: 0 },
  };
  const keys = fieldsOf(configSchema).map(([key, schema]): [string, object] => {
    const { default: fallback, ...type } = declarations[kindOf(schema)];
    const description = `${about(key, schema).description}${namesOf(schema, "")}`;
    return [key, { ...type, description: description.replaceAll("`", ""), default: fallback }];
  });
  return { config: Object.fromEntries<object>(keys) };
}

/** As Markdown, and as it stands: a formatter would pad each cell to the longest of its column. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [
    "<!-- prettier-ignore-start -->",
    line(head),
    line(head.map(() => "---")),
    ...rows.map(line),
    "<!-- prettier-ignore-end -->",
  ].join("\n");
}
