import { createHash } from "node:crypto";
import { Client } from "@pulumi/auth0/client.js";
import { ClientCredentials } from "@pulumi/auth0/clientCredentials.js";
import { ClientGrant } from "@pulumi/auth0/clientGrant.js";
import { OrganizationClientGrant } from "@pulumi/auth0/organizationClientGrant.js";
import * as pulumi from "@pulumi/pulumi";
import { checkInputs } from "../checks/inputs.ts";
import { organizationMachineInputs } from "../checks/machines.ts";

/** An organization that the machine acts for. */
export interface MachineOrganization {
  /** Part of the logical name, so it is known before anything is created. */
  readonly name: string;
  readonly organizationId: pulumi.Input<string>;
  /** The organization, if the stack has it: what belongs to it goes with it. */
  readonly organization?: pulumi.Resource | undefined;
}

export interface OrganizationMachineArgs {
  /** Its name in Auth0, where the stack creates it. */
  readonly applicationName?: pulumi.Input<string> | undefined;
  /** The client id of an application that exists, in place of a name. It is never changed. */
  readonly clientId?: pulumi.Input<string> | undefined;
  /** PEM texts of one public RSA key or two, with which it proves itself; without any it has a secret. */
  readonly publicKeys?: string[] | undefined;
  /** The identifier of the API. */
  readonly audience: pulumi.Input<string>;
  /** Names of permissions of the API, at least one. */
  readonly permissions: pulumi.Input<string>[];
  readonly organizations: MachineOrganization[];
}

/**
 * An application that gets tokens by client credentials for some organizations and no other: a token names the
 * organization (`org_id`). Management API: POST /api/v2/clients, /client-grants and /organizations/{id}/client-grants.
 */
export class OrganizationMachine extends pulumi.ComponentResource {
  static readonly inputs = organizationMachineInputs;

  readonly clientId: pulumi.Output<string>;
  /** Secret; undefined for an application with keys, and for one that exists. */
  readonly clientSecret: pulumi.Output<string> | undefined;

  constructor(name: string, args: OrganizationMachineArgs, opts?: pulumi.ComponentResourceOptions) {
    checkInputs(OrganizationMachine.inputs, args);
    super("ai-api-access:auth0:OrganizationMachine", name, {}, opts);

    const client = args.clientId === undefined ? declareClient(name, args, this) : undefined;
    const clientId = pulumi.output(args.clientId ?? client?.clientId ?? "");
    const credentials = client && declareCredentials(name, client, args.publicKeys, this);
    const grant = new ClientGrant(
      name,
      {
        ...{ clientId, audience: args.audience, scopes: [...args.permissions], subjectType: "client" },
        // Tokens are for an organization, and only for those that it is associated with below.
        ...{ organizationUsage: "require", allowAnyOrganization: false },
      },
      { parent: this, ...(client && { deletedWith: client }) },
    );
    for (const { name: of, organizationId, organization } of args.organizations) {
      new OrganizationClientGrant(
        `${name}.${of}`,
        { organizationId, grantId: grant.id },
        { parent: this, deletedWith: organization ?? grant },
      );
    }

    this.clientId = clientId;
    this.clientSecret = args.publicKeys === undefined ? credentials?.clientSecret : undefined;
    this.registerOutputs({ clientId });
  }
}

function declareClient(name: string, args: OrganizationMachineArgs, parent: pulumi.Resource): Client {
  return new Client(
    name,
    {
      ...(args.applicationName !== undefined && { name: args.applicationName }),
      appType: "non_interactive",
      grantTypes: ["client_credentials"],
      oidcConformant: true,
      jwtConfiguration: { alg: "RS256" },
    },
    // The SDK describes every client; what somebody wrote in its place stays.
    { parent, ignoreChanges: ["description"] },
  );
}

function declareCredentials(
  name: string,
  client: Client,
  publicKeys: readonly string[] | undefined,
  parent: pulumi.Resource,
): ClientCredentials {
  const { clientId } = client;
  if (publicKeys === undefined) {
    return new ClientCredentials(
      `${name}-credentials`,
      { clientId, authenticationMethod: "client_secret_post" },
      { parent, deletedWith: client, additionalSecretOutputs: ["clientSecret"] },
    );
  }
  const credentials = publicKeys.map((pem) => ({
    ...{ name: thumbprint(pem), credentialType: "public_key", algorithm: "RS256", pem },
  }));
  return new ClientCredentials(
    // The provider reads no key back, so it would send them at every update. Other keys are another resource: it
    // attaches its own, and the old one is forgotten, since the provider would delete every key with it.
    `${name}-credentials-${thumbprint(publicKeys.join())}`,
    { clientId, authenticationMethod: "private_key_jwt", privateKeyJwt: { credentials } },
    { parent, retainOnDelete: true, ignoreChanges: ["privateKeyJwt"] },
  );
}

function thumbprint(text: string): string {
  return createHash("sha256").update(text.replace(/\s/g, "")).digest("hex").slice(0, 8);
}
