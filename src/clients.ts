import type * as pulumi from "@pulumi/pulumi";
import { DocumentClient } from "./components/auth0/document-client.ts";
import type { StackConfig } from "./config/index.ts";

/** The applications of third parties in `clients`, by name. */
export function declareClients(
  { clients }: StackConfig,
  audience: pulumi.Input<string>,
  opts: pulumi.ComponentResourceOptions,
): ReadonlyMap<string, DocumentClient> {
  return new Map(
    clients.map(({ name, ...client }) => [
      name,
      new DocumentClient(`client.${name}`, { ...client, audience }, opts),
    ]),
  );
}
