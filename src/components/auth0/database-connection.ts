import { Connection } from "@pulumi/auth0/connection.js";
import * as pulumi from "@pulumi/pulumi";
import { checkInputs } from "../checks/inputs.ts";
import { databaseConnectionInputs } from "../checks/connections.ts";

export interface DatabaseConnectionArgs {
  /** 1 to 128 letters, digits and single hyphens between them, unique in the tenant. */
  readonly name: pulumi.Input<string>;
  /** `none`, `low`, `fair`, `good` (the default) or `excellent`. */
  readonly passwordPolicy?: pulumi.Input<string> | undefined;
  /** How many of their last passwords people may not take again, 0 to 24; 5 unless given. */
  readonly passwordHistory?: number | undefined;
  /** Common passwords are refused; `true` unless given. */
  readonly passwordDictionary?: pulumi.Input<boolean> | undefined;
  /** Passwords with the person's own data in them are refused; `true` unless given. */
  readonly passwordNoPersonalInfo?: pulumi.Input<boolean> | undefined;
  /**
   * People may make themselves an account. `false` unless given: any application of the tenant that is enabled on the
   * connection would let strangers in.
   */
  readonly isSignupEnabled?: pulumi.Input<boolean> | undefined;
  /**
   * Whether it may be deleted and replaced, and its users with it. By default it is protected, and kept when the stack
   * goes.
   */
  readonly deleteWithStack?: boolean | undefined;
  /** Applications of third parties may use it, every one of the tenant. Left out, it stays as it is. */
  readonly isDomainLevel?: pulumi.Input<boolean> | undefined;
  /** URNs that it had before, where it was declared in another way. */
  readonly formerUrns?: pulumi.Input<string>[] | undefined;
}

/** A database of users and passwords in the tenant. Management API: POST /api/v2/connections. */
export class DatabaseConnection extends pulumi.ComponentResource {
  static readonly inputs = databaseConnectionInputs;

  readonly connectionId: pulumi.Output<string>;

  constructor(name: string, args: DatabaseConnectionArgs, opts?: pulumi.ComponentResourceOptions) {
    checkInputs(DatabaseConnection.inputs, args);
    super("ai-api-access:auth0:DatabaseConnection", name, {}, opts);

    const { passwordPolicy = "good", passwordHistory = 5, deleteWithStack = false } = args;
    const { passwordDictionary = true, passwordNoPersonalInfo = true } = args;
    const connection = new Connection(
      name,
      {
        // Auth0's word for a database.
        strategy: "auth0",
        name: args.name,
        ...(args.isDomainLevel !== undefined && { isDomainConnection: args.isDomainLevel }),
        options: {
          passwordPolicy,
          passwordHistories: [{ enable: passwordHistory > 0, size: passwordHistory }],
          passwordDictionary: { enable: passwordDictionary },
          passwordNoPersonalInfo: { enable: passwordNoPersonalInfo },
          bruteForceProtection: true,
          disableSignup: pulumi.output(args.isSignupEnabled).apply((open) => open !== true),
        },
      },
      // Deleting or replacing a database connection deletes its users.
      {
        ...{ parent: this, protect: !deleteWithStack, retainOnDelete: !deleteWithStack },
        ...(args.formerUrns && { aliases: [...args.formerUrns] }),
      },
    );
    this.connectionId = connection.id;
    this.registerOutputs({ connectionId: this.connectionId });
  }
}
