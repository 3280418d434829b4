/** The plugin as the engine sees it: two types of resource, and the settings of the auth0 provider. */
import { secret } from "@ai-api-access/provider-kit";
import type { Engine, Provider } from "@ai-api-access/provider-kit";
import { SECRET_SETTINGS } from "../auth0/settings.ts";
import { baselineResource } from "./baseline.ts";
import type { Resource } from "./resource.ts";
import { rosterResource } from "./roster/index.ts";
import { schema } from "./schema.ts";
import { Session } from "./session.ts";

export function rosterProvider(engine: Engine, version: string): Provider {
  const session = new Session(engine);
  const resources: Readonly<Record<string, Resource>> = {
    "roster:index:Baseline": baselineResource(session),
    "roster:index:OrganizationRoster": rosterResource(session),
  };
  const resource = (type: string): Resource => {
    const found = resources[type];
    if (found === undefined) {
      throw new Error(`the roster plugin has no type ${type}: it has ${Object.keys(resources).join(", ")}`);
    }
    return found;
  };
  return {
    version,
    schema: () => JSON.stringify(schema(version)),
    checkConfig: ({ inputs }) => ({
      inputs: Object.fromEntries(
        Object.entries(inputs).map(([key, value]) => [
          key,
          SECRET_SETTINGS.some((setting) => setting === key) ? secret(value) : value,
        ]),
      ),
    }),
    configure({ inputs }) {
      session.configure(inputs);
    },
    check: (request) => resource(request.type).check(request),
    diff: (request) => resource(request.type).diff(request),
    create: (request) => resource(request.type).create(request),
    read: (request) => resource(request.type).read(request),
    update: (request) => resource(request.type).update(request),
    delete: (request) => resource(request.type).delete(request),
  };
}
