/**
 * The provider behind `pulumi package add`: it gives the engine the schema, and declares the components that programs in
 * any language ask for. Pulumi's own host (`componentProviderHost`) would read all the sources with the compiler at each
 * start, knows no secrets, and takes types of the module `index` alone, which would give every state new URNs.
 */
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { checkInputs, withKnown } from "./checks/inputs.ts";
import * as components from "./index.ts";

const schemaOfPackage = z.object({
  version: z.string(),
  resources: z.record(z.string(), z.object({ properties: z.record(z.string(), z.unknown()) })),
});

const schema = readFileSync(new URL("schema.json", import.meta.url), "utf8");
const { version, resources } = schemaOfPackage.parse(JSON.parse(schema));
const classes = new Map(Object.entries(components));

/** The components as a provider of Pulumi. */
export const provider: pulumi.provider.Provider = {
  version,
  getSchema: () => Promise.resolve(schema),
  async construct(name, type, inputs, options) {
    const Component = classes.get(type.split(":")[2] ?? "");
    const { properties } = resources[type] ?? {};
    if (Component === undefined || properties === undefined) {
      throw new pulumi.RunError(
        `${type} is not a component of this package: ${Object.keys(resources).join(", ")}`,
      );
    }
    // The constructor checks what it is given as it stands; here also what other resources have given.
    checkInputs(Component.inputs, await withKnown(inputs));
    const made: unknown = Reflect.construct(Component, [name, inputs, options]);
    if (!(made instanceof pulumi.ComponentResource)) throw new Error(`${type} is not a component`);
    const state = Object.keys(properties).map((key): [string, unknown] => [key, Reflect.get(made, key)]);
    return { urn: made.urn, state: Object.fromEntries(state) };
  },
};
