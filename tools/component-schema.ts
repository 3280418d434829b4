/**
 * The schema of the component package, from the components' TypeScript: Pulumi's own analyzer reads it. What it cannot
 * see is added here: the components' folders as modules, which keeps the types that states have; secrets; whole numbers.
 */
import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer.js";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";

const folder = resolve(import.meta.dirname, "../src/components");
export const schemaFile = join(folder, "schema.json");

const PACKAGE = "ai-api-access";
const MODULES = {
  auth0: [
    "ApiAccess",
    "DatabaseConnection",
    "IdentityProviderConnection",
    "LoginApplication",
    "OrganizationAccess",
    "OrganizationMachine",
    "OrganizationMembers",
  ],
  okta: ["OktaSignIn", "ServiceApp"],
};

const SECRET = ["clientSecret"];
/** What only a program in TypeScript can give: names that the stack had before, and what needs the roster's plugin. */
const LEFT_OUT = ["formerUrns", "isFormer", "invited"];

interface Property {
  readonly type?: string | undefined;
  readonly $ref?: string | undefined;
  readonly description?: string | undefined;
  readonly plain?: boolean | undefined;
  readonly optional?: boolean | undefined;
  readonly items?: Property | undefined;
  readonly additionalProperties?: Property | undefined;
}

const propertySchema: z.ZodType<Property> = z.looseObject({
  $ref: z.string().optional(),
  type: z.string().optional(),
  optional: z.boolean().optional(),
  get items() {
    return propertySchema.optional();
  },
  get additionalProperties() {
    return propertySchema.optional();
  },
});

const manifestSchema = z.object({ version: z.string(), description: z.string() });
const { version, description } = manifestSchema.parse(
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8")),
);

/** The schema as the sources have it now, as the text of its file. */
export function componentSchema(): string {
  const modules = Object.entries(MODULES).map(([module, names]) => analyzed(module, names));
  const schema = {
    ...{ name: PACKAGE, version, description, license: "MIT" },
    language: {
      ...Object.fromEntries(
        ["nodejs", "python", "csharp", "java"].map((name) => [name, { respectSchemaVersion: true }]),
      ),
      go: {
        respectSchemaVersion: true,
        // Go has no hyphens in names of packages, and without this the packages would not find one another.
        importBasePath: `example.com/pulumi-${PACKAGE}/sdk/go/aiapiaccess`,
        // It makes no types for what is in lists of plain values unless told so.
        generateExtraInputTypes: true,
      },
    },
    resources: Object.fromEntries(modules.flatMap(({ resources }) => resources)),
    types: Object.fromEntries(modules.flatMap(({ types }) => types)),
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function analyzed(module: string, names: readonly string[]) {
  const found = new Analyzer(folder, PACKAGE, { main: "index.ts" }, new Set(names)).analyze();
  const token = (name: string) => `${PACKAGE}:${module}:${name}`;
  const inModule = (properties: Readonly<Record<string, Property>> = {}) => {
    const kept = Object.entries(properties).filter(
      ([name, one]) => !LEFT_OUT.includes(name) && !isResource(one),
    );
    return {
      properties: Object.fromEntries(kept.map(([name, one]) => [name, propertyOf(one, module, name)])),
      required: kept.flatMap(([name, { optional }]) => (optional ? [] : name)).sort(),
    };
  };
  const resources = names.map((name) => {
    const { description: says, inputs = {}, outputs = {} } = found.components[name] ?? {};
    const { properties: inputProperties, required: requiredInputs } = inModule(inputs);
    const all = {
      isComponent: true,
      description: says,
      inputProperties,
      requiredInputs,
      ...inModule(outputs),
    };
    return [token(name), all] as const;
  });
  const types = Object.values(found.typeDefinitions).map(
    ({ name, properties }) => [token(name), { type: "object", ...inModule(properties) }] as const,
  );
  const used = JSON.stringify([resources, types]);
  return { resources, types: types.filter(([name]) => used.includes(`"#/types/${name}"`)) };
}

/** A resource of the same program, such as what something is deleted with: other programs have no word for it. */
function isResource({ $ref }: Property): boolean {
  return $ref?.endsWith(":index:Resource") === true;
}

function propertyOf(analyzedProperty: Property, module: string, name: string): Property {
  const { $ref, type, items, additionalProperties } = analyzedProperty;
  return {
    ...analyzedProperty,
    // Said by the lists of what is required.
    optional: undefined,
    // Every number of a component is whole.
    ...(type === "number" && { type: "integer" }),
    ...($ref !== undefined && { $ref: $ref.replace(`${PACKAGE}:index:`, `${PACKAGE}:${module}:`) }),
    ...(items && { items: propertyOf(items, module, "") }),
    ...(additionalProperties && { additionalProperties: propertyOf(additionalProperties, module, "") }),
    ...(SECRET.includes(name) && { secret: true }),
  };
}
