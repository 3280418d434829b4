import { inputsOf } from "./property.ts";
import type { Property, PropertyTable } from "./property.ts";
import type { Tables } from "./resource.ts";

/** The package schema of the tables, as far as `pulumi import` needs one to write code. */
export function packageSchema<Api>(tables: Tables<Api>) {
  const types: Record<string, object> = {};
  const resources = tables.resources.map(({ token, properties }) => {
    const inputs = inputsOf(properties);
    return [
      token,
      {
        inputProperties: schemaOf(inputs, token, types),
        requiredInputs: requiredOf(inputs),
        properties: schemaOf(properties, token, types),
      },
    ] as const;
  });
  const functions = tables.functions.map(({ token, args }): [string, object] => [
    token,
    { inputs: { type: "object", properties: schemaOf(args, token, types), required: requiredOf(args) } },
  ]);
  return {
    name: tables.name,
    version: tables.version,
    language: { nodejs: { packageName: `@pulumi/${tables.name}` } },
    types,
    resources: Object.fromEntries(resources),
    functions: Object.fromEntries(functions),
  };
}

function requiredOf(table: PropertyTable): string[] {
  return Object.keys(table).filter((name) => table[name]?.required);
}

function schemaOf(table: PropertyTable, token: string, types: Record<string, object>) {
  return Object.fromEntries(
    Object.entries(table).map(([name, property]) => [
      name,
      {
        ...typeOf(property, `${token}${name.charAt(0).toUpperCase()}${name.slice(1)}`, types),
        ...secrecy(property),
      },
    ]),
  );
}

function secrecy(property: Property) {
  return property.secret ? { secret: true } : {};
}

function typeOf(property: Property, token: string, types: Record<string, object>): object {
  switch (property.type) {
    case "list":
    case "set":
      return { type: "array", items: typeOf(property.of, token, types) };
    case "json":
      return { type: "string" };
    case "map":
      return { type: "object", additionalProperties: { type: "string" } };
    case "object":
      types[token] = {
        type: "object",
        properties: schemaOf(property.fields, token, types),
        required: requiredOf(property.fields),
      };
      return { $ref: `#/types/${token}` };
    case "string":
    case "number":
    case "boolean":
      return { type: property.type };
  }
}
