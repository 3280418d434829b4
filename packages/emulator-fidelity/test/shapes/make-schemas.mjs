/**
 * Makes JSON schemas of the types in `sdk-answers.ts` and writes them to the file that is named. It runs in a
 * process of its own, since it takes seconds and a compiler's memory, and only when there is no newer result.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createGenerator } from "ts-json-schema-generator";

const [file = ""] = process.argv.slice(2);
const { default: okta } = await import("@okta/okta-sdk-nodejs");

/** The SDK's properties as they go over the wire: some are called otherwise there, `_default` for `default`. */
function onTheWire(definitions) {
  for (const [name, { properties, required = [] }] of Object.entries(definitions)) {
    for (const attribute of okta[name]?.attributeTypeMap ?? []) {
      if (attribute.name === attribute.baseName || properties?.[attribute.name] === undefined) continue;
      properties[attribute.baseName] = properties[attribute.name];
      delete properties[attribute.name];
      const place = required.indexOf(attribute.name);
      if (place >= 0) required[place] = attribute.baseName;
    }
  }
}

const generator = createGenerator({
  path: join(import.meta.dirname, "sdk-answers.ts"),
  tsconfig: join(import.meta.dirname, "../../../../tsconfig.json"),
  skipTypeCheck: true,
  additionalProperties: false,
});
const schemas = {
  auth0: generator.createSchema("Auth0Answers"),
  okta: generator.createSchema("OktaAnswers"),
};
onTheWire(schemas.okta.definitions);
writeFileSync(file, JSON.stringify(schemas));
