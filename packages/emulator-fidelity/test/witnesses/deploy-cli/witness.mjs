/** auth0-deploy-cli against a tenant: export, import, import again. Prints what was changed by the second import. */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [installed, folder] = process.argv.slice(2);
const require = createRequire(join(installed, "package.json"));

// It compiles a schema for all kinds of resources, which takes most of a minute; those of the file are enough.
const Ajv = require("ajv");
const { validate } = Ajv.prototype;
Ajv.prototype.validate = function (schema, data) {
  if (typeof schema === "string") return validate.call(this, schema, data);
  const properties = Object.entries(schema.properties ?? {}).filter(([key]) => key in data);
  return validate.call(this, { ...schema, properties: Object.fromEntries(properties) }, data);
};

const { deploy, dump } = require("auth0-deploy-cli");
const { AUTH0_DOMAIN, AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET } = process.env;
const config = {
  AUTH0_DOMAIN,
  AUTH0_CLIENT_ID,
  AUTH0_CLIENT_SECRET,
  AUTH0_ALLOW_DELETE: true,
  // What the tenant serves.
  AUTH0_INCLUDED_ONLY: ["clients", "clientGrants", "databases", "organizations", "resourceServers", "roles"],
};
const exported = async (name) => {
  await dump({ output_folder: join(folder, name), format: "yaml", config });
  return readFileSync(join(folder, name, "tenant.yaml"), "utf8");
};
await exported("before");
const input_file = join(folder, "before/tenant.yaml");
await deploy({ input_file, config });
const once = await exported("once");
await deploy({ input_file, config });
writeFileSync(join(folder, "same"), String((await exported("twice")) === once));
