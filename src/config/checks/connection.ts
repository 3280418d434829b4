import type { View } from "../view.ts";
import { type Finding, finding } from "./finding.ts";

/** Every Auth0 tenant is born with it, so creating it is a conflict (409). */
const PRE_MADE = "Username-Password-Authentication";

/** Own or existing, and what each takes. */
export function connectionFindings({ connection }: View): Finding[] {
  if (!connection) return [];
  return [...ownOrExisting(connection), ...onlyOwn(connection), ...signUp(connection)];
}

type Connection = NonNullable<View["connection"]>;

function ownOrExisting({ name, existing }: Connection): Finding[] {
  if (name !== undefined && existing !== undefined) {
    return [
      finding(["connection"], {
        gotWords: `both name ${JSON.stringify(name)} and existing ${JSON.stringify(existing)}`,
        wants: "either name (a connection that the stack creates) or existing (one that it only links)",
        example: `{ existing: ${existing} }`,
      }),
    ];
  }
  if (name === undefined && existing === undefined) {
    return [
      finding(["connection"], {
        gotWords: "neither name nor existing",
        wants: "either name (a connection that the stack creates) or existing (one that it only links)",
        example: "{ name: my-awesome-company-users }",
      }),
    ];
  }
  if (name === PRE_MADE) {
    return [
      finding(["connection", "name"], {
        got: name,
        wants: "a name that is still free: every tenant is born with this one, so it cannot be created",
        example: "my-awesome-company-users",
        next: `to use the one that is there, write existing: ${PRE_MADE} in place of name`,
      }),
    ];
  }
  return [];
}

/** An existing connection is never changed or deleted, so what would change it is a misunderstanding. */
function onlyOwn(connection: Connection): Finding[] {
  const { existing, passwordPolicy, deleteWithStack, showAsButton } = connection;
  const findings: Finding[] = [];
  if (existing !== undefined && connection.name === undefined) {
    for (const [field, value] of Object.entries({ passwordPolicy, deleteWithStack })) {
      if (value === undefined || value === false) continue;
      findings.push(
        finding(["connection", field], {
          got: value,
          wants: `nothing here together with existing: the stack links ${existing} and never changes or deletes it`,
          example: `{ existing: ${existing} }`,
          next: "remove this line",
        }),
      );
    }
  }
  if (existing === undefined && showAsButton !== undefined) {
    findings.push(
      finding(["connection", "showAsButton"], {
        got: showAsButton,
        wants:
          "nothing here for a connection that the stack creates: only enterprise connections have a button",
        example: "{ name: my-awesome-company-users }",
        next: "remove this line",
      }),
    );
  }
  return findings;
}

/** Auth0: "Only database connections with assign_membership_on_login = true support is_signup_enabled = true." */
function signUp({ isSignupEnabled, assignMembershipOnLogin }: Connection): Finding[] {
  if (isSignupEnabled !== true || assignMembershipOnLogin !== false) return [];
  return [
    finding(["connection", "isSignupEnabled"], {
      gotWords: "true, with assignMembershipOnLogin false",
      wants: "false, or assignMembershipOnLogin true: who signs up becomes a member by logging in",
      example: "assignMembershipOnLogin: true",
    }),
  ];
}
