/** What a change of the component package's schema breaks in the programs of those who use it. */
import { z } from "zod";

const properties = z.record(z.string(), z.looseObject({}));
const described = z.object({
  isComponent: z.boolean().default(false),
  inputProperties: properties.default({}),
  requiredInputs: z.array(z.string()).default([]),
  properties,
  required: z.array(z.string()).default([]),
});
const schemaShape = z.object({
  resources: z.record(z.string(), described),
  types: z.record(z.string(), described),
});
type Described = z.output<typeof described>;

/** @returns a sentence for each, none where programs go on as they are */
export function breakingChanges(before: string, now: string): string[] {
  const [was, is] = [before, now].map((text) => schemaShape.parse(JSON.parse(text)));
  const known = new Map(Object.entries({ ...is?.resources, ...is?.types }));
  return Object.entries({ ...was?.resources, ...was?.types }).flatMap(([name, one]) => {
    const next = known.get(name);
    return next === undefined ? [`${name} is gone`] : changesOf(name, one, next);
  });
}

function changesOf(name: string, was: Described, is: Described): string[] {
  return [
    ...lost(`an input of ${name}`, was.inputProperties, is.inputProperties),
    ...lost(`a property of ${name}`, was.properties, is.properties),
    ...needed(is)
      .filter((input) => !needed(was).includes(input))
      .map((input) => `${input}, an input of ${name}, has become required`),
  ];
}

/** What a program has to give: of a type that is every property without which it is incomplete. */
function needed({ isComponent, requiredInputs, required }: Described): readonly string[] {
  return isComponent ? requiredInputs : required;
}

type Properties = z.output<typeof properties>;

function lost(what: string, was: Properties, is: Properties): string[] {
  return Object.entries(was).flatMap(([name, property]) => {
    const next = is[name];
    if (next === undefined) return [`${name}, ${what}, is gone`];
    const [before, now] = [property, next].map((one) => JSON.stringify({ ...one, description: undefined }));
    return before === now ? [] : [`${name}, ${what}, has another type`];
  });
}
