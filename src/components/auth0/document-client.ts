import { ClientCimd } from "@pulumi/auth0/clientCimd.js";
import { ClientGrant } from "@pulumi/auth0/clientGrant.js";
import * as pulumi from "@pulumi/pulumi";
import { OrganizationLogin } from "./roster-plugin.ts";

export interface DocumentClientArgs {
  /** The address of its metadata document. A change replaces the application. */
  readonly document: pulumi.Input<string>;
  /** A higher one has the document read again. */
  readonly documentVersion?: pulumi.Input<number> | undefined;
  /** The identifier of the API. */
  readonly audience: pulumi.Input<string>;
  /** Names of permissions of the API, at least one. */
  readonly permissions: pulumi.Input<string>[];
}

/**
 * An application of a third party, registered by its metadata document, with a grant for the API on behalf of people.
 * Auth0 asks people for their organization before they log in. Without one, or the API's for all third
 * parties, it gets no token, whatever `accessPolicy` says. Management API: POST /api/v2/clients/cimd/register and /client-grants.
 *
 * `opts.providers` must have the stack's `RosterProvider`: it sets what Auth0's provider has no property for.
 */
export class DocumentClient extends pulumi.ComponentResource {
  /** `tpc_…`; its tokens have the address of the document as `client_id`. */
  readonly clientId: pulumi.Output<string>;

  constructor(name: string, args: DocumentClientArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ai-api-access:auth0:DocumentClient", name, {}, opts);

    const { document, documentVersion, audience, permissions } = args;
    const client = new ClientCimd(
      name,
      { externalClientId: document, externalClientIdVersion: documentVersion },
      { parent: this },
    );
    new ClientGrant(
      name,
      { clientId: client.id, audience, subjectType: "user", scopes: [...permissions] },
      { parent: this, deletedWith: client },
    );
    new OrganizationLogin(name, { clientId: client.id }, { parent: this, deletedWith: client });
    this.clientId = client.id;
    this.registerOutputs({ clientId: this.clientId });
  }
}
