import { auth0Types } from "@ai-api-access/resource-catalog";
import type { ResourceValidationPolicy } from "@pulumi/policy";

/** Auth0 docs, "Delete a connection": deleting a database connection deletes its users. */
export const connectionIsProtected: ResourceValidationPolicy = {
  name: "connection-is-protected",
  description: "A database connection is protected: its users are deleted with it.",
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps:
    "Leave out deleteWithStack of the connection, or declare the connection with { protect: true }.",
  validateResource: ({ type, props, opts }, report) => {
    if (type !== auth0Types.connection.token || opts.protect) return;
    const strategy: unknown = props.strategy;
    // One that does not say what it is may be one.
    if (strategy === "auth0" || strategy === undefined || strategy === "") {
      report(
        "This database connection may be deleted or replaced, and its users with it. " +
          "Leave out deleteWithStack of the connection, or declare it with { protect: true }.",
      );
    }
  },
};

const CONNECTION_CLIENTS = "auth0:index/connectionClients:ConnectionClients";

/** Auth0 changelog 2025: `enabled_clients` is no longer taken with a connection. */
export const noEnabledClients: ResourceValidationPolicy = {
  name: "no-enabled-clients",
  description:
    "Applications are let into a connection one by one, never as a list that removes everybody else's.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: "Use auth0.ConnectionClient, one for each application.",
  validateResource: ({ type, props }, report) => {
    if (type === auth0Types.connection.token && "enabledClients" in props) {
      report(
        "Auth0 refuses enabledClients on a connection. Use auth0.ConnectionClient, one for each application.",
      );
    }
    if (type === CONNECTION_CLIENTS) {
      report(
        "ConnectionClients takes every application off the connection that it does not list, also other teams'. " +
          "Use auth0.ConnectionClient, one for each application.",
      );
    }
  },
};
